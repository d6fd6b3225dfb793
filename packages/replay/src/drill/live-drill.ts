import { type BusRecord, type HeartbeatRecord, MINUTE_MS, RECORD_VERSION } from '@outcry/contracts'
import { createPartitionEngine } from '@outcry/engine'
import { heartbeatOf } from '../backtest/heartbeat-clock.ts'
import { DRILL_SOURCE, shadowBrand } from './drill-records.ts'
import { BURST_AT_MS, DRILL_DURATION_MS, drillStream, type DrillStreamOptions } from './drill-stream.ts'

/** Where nothing opens, people begin to look this long after what they are to leave alone began. */
const QUIET_LEAD_MS = 20 * MINUTE_MS

/** Moved to another time of day, a drill may open a little earlier or later, or not at all. */
const MOST_TRIES = 8
const LATER_MS = 5 * MINUTE_MS

type LiveDrill = DrillStreamOptions & { brand: string; reorderMs: number }

/**
 * The first moment of a drill that people are to meet from `nowMs` on: chosen so that its issue opens about then, by
 * playing it beforehand. Thus every clock that people work against starts when they begin. `meets` is false where its
 * issue opens at another time, or what was said before opens it early: other posts, by another seed, will do.
 */
export const liveDrillStart = (
  drill: Omit<LiveDrill, 'startMs'> & { nowMs: number },
): { startMs: number; meets: boolean } => {
  const { nowMs } = drill
  let startMs = nowMs - BURST_AT_MS - QUIET_LEAD_MS
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const openedAt = openingOf({ ...drill, startMs })
    if (openedAt === null) {
      if (drill.scenario.expect === 'quiet') return { startMs, meets: true }
      startMs -= LATER_MS
      continue
    }
    // Sooner will do where it cannot be met: what has opened already is told at once.
    if (openedAt <= nowMs + MINUTE_MS && openedAt >= nowMs - (1 + 2 * tries) * MINUTE_MS)
      return { startMs, meets: true }
    startMs += nowMs - openedAt
  }
  return { startMs, meets: false }
}

const openingOf = (drill: LiveDrill): number | null => {
  const { startMs, reorderMs } = drill
  const engine = createPartitionEngine({ idKey: 'drill', listsClusters: false })
  const untilMs = startMs + DRILL_DURATION_MS + reorderMs
  let position = 0
  for (const record of liveDrillRecords(drill, { afterMs: startMs - 1, untilMs }))
    for (const effect of engine.apply(position++, untilMs, record))
      if (effect.type === 'issue' && effect.event.kind === 'opened' && effect.event.at > startMs + BURST_AT_MS)
        return effect.event.at
  return null
}

/**
 * What a drill says in (`afterMs`, `untilMs`], with its clock on every full minute and at the end: a drill is sent piece
 * by piece as its time comes. The same piece is the same records, so that one sent twice is counted once. When its posts
 * are over, its clock goes on.
 */
export function* liveDrillRecords(
  drill: LiveDrill,
  { afterMs, untilMs }: { afterMs: number; untilMs: number },
): Generator<BusRecord> {
  const brand = shadowBrand(drill.brand, drill.drillId)
  let beat = Math.max(afterMs, drill.startMs)
  function* beats(until: number): Generator<HeartbeatRecord> {
    for (;;) {
      const next: number = Math.floor(beat / MINUTE_MS) * MINUTE_MS + MINUTE_MS
      if (next > until) return
      beat = next
      yield heartbeatOf(DRILL_SOURCE, brand, beat)
    }
  }
  for (const { mention } of drillStream(drill)) {
    if (mention.eventTime <= afterMs) continue
    if (mention.eventTime > untilMs) break
    yield* beats(mention.eventTime)
    yield { v: RECORD_VERSION, kind: 'mention', brand, mention }
  }
  yield* beats(untilMs)
  if (beat < untilMs) yield heartbeatOf(DRILL_SOURCE, brand, untilMs)
}
