import { type BusRecord, MINUTE_MS, RECORD_VERSION, SHADOW_MARK } from '@outcry/contracts'
import { createHeartbeatClock } from '../backtest/heartbeat-clock.ts'
import { DRILL_DURATION_MS, drillStream, type DrillStreamOptions } from './drill-stream.ts'

/** The name drills have among the sources. */
export const DRILL_SOURCE = 'drill'

/**
 * A drill as the records ingest would append: the shadow brand `B#drill-id`, its mentions, and heartbeats of its own
 * that drive its clock, so that a day of stream plays as fast as the detector reads. It ends at `nowMs`: nothing in it
 * lies in the future.
 */
export function* drillRecords(
  options: Omit<DrillStreamOptions, 'startMs'> & { brand: string; reorderMs: number; nowMs: number },
): Generator<BusRecord> {
  const brand = shadowBrand(options.brand, options.drillId)
  const startMs = options.nowMs - DRILL_DURATION_MS - options.reorderMs - 3 * MINUTE_MS
  const clock = createHeartbeatClock(DRILL_SOURCE, MINUTE_MS)
  for (const { mention } of drillStream({ ...options, startMs })) {
    for (const heartbeat of clock.advance(brand, mention.eventTime)) yield { ...heartbeat, sentAt: options.nowMs }
    yield { v: RECORD_VERSION, kind: 'mention', brand, mention }
  }
  for (const heartbeat of clock.release(brand, options.reorderMs)) yield { ...heartbeat, sentAt: options.nowMs }
}

/** `B#drill-id`: it has B's rules and playbooks, and everything else of its own. */
export const shadowBrand = (brand: string, drillId: string): string => `${brand}${SHADOW_MARK}${drillId}`
