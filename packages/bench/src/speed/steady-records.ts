import { HOUR_MS, type HeartbeatRecord, type MentionRecord, RECORD_VERSION, SECOND_MS } from '@outcry/contracts'
import type { Draws } from '@outcry/testkit/made-texts'
import { distinctTexts } from './distinct-texts.ts'

const HEARTBEAT_MS = 10 * SECOND_MS
const PEOPLE = 1_000_000

/**
 * An endless steady Poisson stream over all brands together, with the heartbeats of one source, in order of time: what
 * one partition of the bus would hold.
 */
export function* steadyRecords(
  draws: Draws,
  options: {
    brands: readonly string[]
    perHour: number
    startMs: number
    /** Writes the next text of a brand, given by its place in `brands`. */
    texts?: (draws: Draws) => (brand: number) => string
  },
): Generator<MentionRecord | HeartbeatRecord> {
  const { brands, perHour, texts = distinctTexts } = options
  const text = texts(draws)
  let atMs = options.startMs
  let beatAt = options.startMs
  for (let count = 0; ; count += 1) {
    atMs += (draws.exponential() * HOUR_MS) / (perHour * brands.length)
    for (; beatAt <= atMs; beatAt += HEARTBEAT_MS)
      yield {
        v: RECORD_VERSION,
        kind: 'heartbeat',
        source: 'steady',
        state: 'live',
        sourceTime: beatAt,
        brands: [...brands],
        sentAt: beatAt,
      }
    const brand = draws.below(brands.length)
    const eventTime = Math.floor(atMs)
    yield {
      v: RECORD_VERSION,
      kind: 'mention',
      brand: brands[brand]!,
      mention: {
        id: `steady:${count}`,
        op: 'create',
        rev: '1',
        kind: 'post',
        source: 'steady',
        text: text(brand),
        author: { id: `person-${draws.below(PEOPLE)}` },
        createdAt: eventTime,
        observedAt: eventTime,
        eventTime,
      },
    }
  }
}
