import { DAY_MS, type HeartbeatRecord, MINUTE_MS, RECORD_VERSION, SECOND_MS } from '@outcry/contracts'

/** How often a source speaks live. */
const HEARTBEAT_MS = 10 * SECOND_MS
const SPARSE_HEARTBEAT_MS = MINUTE_MS
const DENSE_FOR_MS = 10 * MINUTE_MS
/** By then everything is calm and resolved: nothing that a heartbeat could bring is left, however long the gap. */
const SILENT_AFTER_MS = 60 * DAY_MS

/** A source has delivered everything of the brand up to then, epoch ms. */
export const heartbeatOf = (source: string, brand: string, sourceTime: number): HeartbeatRecord => ({
  v: RECORD_VERSION,
  kind: 'heartbeat',
  source,
  state: 'live',
  sourceTime,
  brands: [brand],
  sentAt: sourceTime,
})

/**
 * The heartbeats of one source, for each brand on full steps of `everyMs` of that brand's own time, and on full minutes
 * once nothing came for 10 minutes, so that a history of months stays small. A gap of years costs as much as one of months.
 */
export const createHeartbeatClock = (source: string, everyMs: number = HEARTBEAT_MS) => {
  const clocks = new Map<string, number>()
  const heartbeat = (brand: string, sourceTime: number): HeartbeatRecord => {
    clocks.set(brand, sourceTime)
    return heartbeatOf(source, brand, sourceTime)
  }

  function* advance(brand: string, untilMs: number): Generator<HeartbeatRecord> {
    let clock = clocks.get(brand)
    if (clock === undefined) {
      yield heartbeat(brand, floorTo(untilMs, everyMs))
      return
    }
    const sparseAfter: number = clock + DENSE_FOR_MS
    const silentAfter: number = clock + SILENT_AFTER_MS
    for (;;) {
      if (clock >= silentAfter) clock = Math.max(clock, floorTo(untilMs, SPARSE_HEARTBEAT_MS) - SPARSE_HEARTBEAT_MS)
      const step = clock < sparseAfter ? everyMs : SPARSE_HEARTBEAT_MS
      const next: number = floorTo(clock, step) + step
      if (next > untilMs) return
      clock = next
      yield heartbeat(brand, clock)
    }
  }

  return {
    /** Heartbeats from where the brand's clock is up to a moment, epoch ms. */
    advance,
    /** Heartbeats that let everything held for `reorderMs` through. */
    release: (brand: string, reorderMs: number): Generator<HeartbeatRecord> =>
      advance(brand, (clocks.get(brand) ?? 0) + reorderMs + 2 * everyMs),
    /** Where the brand's clock is; undefined before its first heartbeat. */
    at: (brand: string): number | undefined => clocks.get(brand),
    brands: (): string[] => [...clocks.keys()],
  }
}

const floorTo = (ms: number, step: number): number => Math.floor(ms / step) * step
