import { type BusRecord, type DetectionSettings, MINUTE_MS, RECORD_VERSION, SECOND_MS } from '@outcry/contracts'
import type { BrandMention } from './time-order.ts'

const HEARTBEAT_MS = 10 * SECOND_MS
const SPARSE_HEARTBEAT_MS = MINUTE_MS
const DENSE_FOR_MS = 10 * MINUTE_MS
const SOURCE = 'history'

/** A record as the bus would hold it. */
export type TimedRecord = { appendedAtMs: number; brand: string; record: BusRecord }

/**
 * What the live bus would hold for these mentions: settings whenever a brand appears, each brand's mentions, and
 * heartbeats on full 10 seconds of that brand's own time (full minutes once nothing came for 10 minutes), so that its
 * clock goes as it would have gone. `finish` lets every held mention through, and no more: what comes after the end of
 * history is unknown, so it must not look like calm.
 */
export const createRecordTimeline = (settings: DetectionSettings, digest: string) => {
  const clocks = new Map<string, number>()

  const heartbeat = (brand: string, sourceTime: number): TimedRecord => ({
    brand,
    appendedAtMs: sourceTime,
    record: { v: RECORD_VERSION, kind: 'heartbeat', source: SOURCE, state: 'live', sourceTime, brands: [brand], sentAt: sourceTime },
  })

  function* advance(brand: string, untilMs: number): Generator<TimedRecord> {
    const known = clocks.get(brand)
    let clock = known ?? floorTo(untilMs, HEARTBEAT_MS)
    if (known === undefined) {
      clocks.set(brand, clock)
      yield heartbeat(brand, clock)
      return
    }
    const sparseAfter = clock + DENSE_FOR_MS
    for (;;) {
      const step = clock < sparseAfter ? HEARTBEAT_MS : SPARSE_HEARTBEAT_MS
      const next = floorTo(clock, step) + step
      if (next > untilMs) break
      clock = next
      clocks.set(brand, clock)
      yield heartbeat(brand, clock)
    }
  }

  return {
    *take({ brand, mention }: BrandMention): Generator<TimedRecord> {
      if (!clocks.has(brand)) {
        const brands = [...new Set([...settings.brands, ...clocks.keys(), brand])].toSorted()
        const grown: BusRecord = { v: RECORD_VERSION, kind: 'settings', digest, settings: { ...settings, brands } }
        yield { brand, appendedAtMs: mention.eventTime, record: grown }
      }
      yield* advance(brand, mention.eventTime)
      yield { brand, appendedAtMs: Math.max(mention.eventTime, clocks.get(brand)!), record: { v: RECORD_VERSION, kind: 'mention', brand, mention } }
    },
    *finish(): Generator<TimedRecord> {
      for (const [brand, clock] of clocks)
        yield* advance(brand, clock + settings.reorderMs + 2 * HEARTBEAT_MS)
    },
  }
}

const floorTo = (ms: number, step: number): number => Math.floor(ms / step) * step
