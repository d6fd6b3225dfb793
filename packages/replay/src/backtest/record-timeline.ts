import { type BusRecord, type DetectionSettings, RECORD_VERSION } from '@outcry/contracts'
import { createHeartbeatClock } from './heartbeat-clock.ts'
import type { BrandMention } from './time-order.ts'

/** A record as the bus would hold it. */
export type TimedRecord = { appendedAtMs: number; brand: string; record: BusRecord }

/**
 * What the live bus would hold for these mentions: settings whenever a brand appears, each brand's mentions, and
 * heartbeats of that brand's own time, so that its clock goes as it would have gone. `finish` lets every held mention
 * through, and no more: what comes after the end of history is unknown, so it must not look like calm.
 */
export const createRecordTimeline = (settings: DetectionSettings, digest: string) => {
  const clock = createHeartbeatClock('history')

  return {
    *take({ brand, mention }: BrandMention): Generator<TimedRecord> {
      if (clock.at(brand) === undefined) {
        const brands = [...new Set([...settings.brands, ...clock.brands(), brand])].toSorted()
        const grown: BusRecord = { v: RECORD_VERSION, kind: 'settings', digest, settings: { ...settings, brands } }
        yield { brand, appendedAtMs: mention.eventTime, record: grown }
      }
      for (const record of clock.advance(brand, mention.eventTime))
        yield { brand, appendedAtMs: record.sourceTime, record }
      const appendedAtMs = Math.max(mention.eventTime, clock.at(brand) ?? 0)
      yield { brand, appendedAtMs, record: { v: RECORD_VERSION, kind: 'mention', brand, mention } }
    },
    *finish(): Generator<TimedRecord> {
      for (const brand of clock.brands())
        for (const record of clock.release(brand, settings.reorderMs))
          yield { brand, appendedAtMs: record.sourceTime, record }
    },
  }
}
