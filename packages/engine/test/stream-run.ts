import { type BusRecord, type IssueEvent, type Mention, SECOND_MS, WEEK_MS } from '@outcry/contracts'
import { type ComplaintStream, STREAM_START_MS, streamEndMs } from '@outcry/testkit/complaint-streams'
import { type Effect, type PartitionEngine, createPartitionEngine } from '../src/index.ts'

/** A record and when it reaches the bus, epoch ms. */
export type Arrival = { at: number; record: BusRecord }

const HEARTBEAT_MS = 30 * SECOND_MS
/** Time of the bus: later than anything in a stream, so that nothing is ahead of it. */
const APPENDED_MS = STREAM_START_MS + 20 * WEEK_MS

export const arrivalOf = (mention: Mention, brand = 'acme', at: number = mention.eventTime): Arrival => ({
  at,
  record: { v: 1, kind: 'mention', brand, mention },
})

export type TimelineOptions = { brand?: string; endMs: number; startMs?: number; heartbeatMs?: number }

/** The records of one partition: what arrives, and between it the heartbeats of a live source, on full steps of time. */
export const timeline = (arrivals: readonly Arrival[], options: TimelineOptions): BusRecord[] => {
  const { brand = 'acme', endMs, startMs = STREAM_START_MS, heartbeatMs = HEARTBEAT_MS } = options
  const records: BusRecord[] = []
  let beat = startMs
  const beatUntil = (untilMs: number) => {
    for (; beat <= untilMs; beat += heartbeatMs)
      records.push({
        v: 1,
        kind: 'heartbeat',
        source: 'file',
        state: 'live',
        sourceTime: beat,
        brands: [brand],
        sentAt: beat,
      })
  }
  for (const { at, record } of arrivals.toSorted((a, b) => a.at - b.at)) {
    beatUntil(at - 1)
    records.push(record)
  }
  beatUntil(endMs)
  return records
}

export const recordsOfStream = (stream: ComplaintStream, mentions: readonly Mention[]): BusRecord[] =>
  timeline(
    mentions.map((mention) => arrivalOf(mention)),
    { endMs: streamEndMs(stream) },
  )

export const newEngine = (idKey = 'key'): PartitionEngine => createPartitionEngine({ idKey })

export const run = (records: readonly BusRecord[], engine: PartitionEngine = newEngine(), from = 0): Effect[] =>
  records.flatMap((record, at) => engine.apply(from + at, APPENDED_MS, record))

export const issuesIn = (effects: readonly Effect[]): IssueEvent[] =>
  effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event] : []))

export const openedIn = (effects: readonly Effect[]): IssueEvent[] =>
  issuesIn(effects).filter(({ kind }) => kind === 'opened')

const NAMES = new Set(['id', 'issueId', 'clusterId', 'mergedInto', 'splitFrom', 'recurrenceOf', 'from', 'into'])
const MADE_NAME = /^[0-9a-f]{16,}$|^[\w-]{20,}$/

/**
 * Effects with each made id replaced by its place in the order of first appearance, `brand` by a dash, and whatever
 * `also` replaces.
 */
export const withoutNames = (effects: readonly unknown[], also: (key: string, value: unknown) => unknown): unknown => {
  const places = new Map<string, string>()
  const plain = (key: string, value: unknown): unknown => {
    const kept = also(key, value)
    if (key === 'brand') return '-'
    if (!NAMES.has(key) || typeof kept !== 'string' || !MADE_NAME.test(kept)) return kept
    if (!places.has(kept)) places.set(kept, `name ${places.size}`)
    return places.get(kept)
  }
  return JSON.parse(JSON.stringify(effects, plain))
}
