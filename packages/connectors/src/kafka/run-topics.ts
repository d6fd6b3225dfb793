import { SECOND_MS } from '@outcry/contracts'
import type { KafkaConnection } from '@outcry/kafka'
import type { Reject, Sighting, SourceContext, SourceReport } from '../connector.ts'
import type { FieldMap } from '../file/field-map.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { partByAge } from '../part-by-age.ts'
import { runStream } from '../stream/run-stream.ts'
import type { KafkaSourceConfig } from './kafka-config.ts'
import { createProgress } from './progress.ts'
import { readRecord, type TopicRecord } from './read-record.ts'
import { isTopicCursor, startOf, type TopicCursor } from './topic-cursor.ts'
import type { Look, TopicItem } from './open-topics.ts'

/** Each batch is a round of bus, index and cursor. */
const MAX_BATCH = 2_000
/** Fetched pieces of partitions, of half a megabyte each before decompression. */
const MAX_WAITING = 8
const IDLE_MS = 30 * SECOND_MS
const LAGGING_AFTER_MS = 30 * SECOND_MS
/** New partitions are noticed by the consumer later than by the look at their ends. */
const SHARED_AFTER_MS = 30 * SECOND_MS
/** So many records in a row that cannot be read are no accident: the mapping is wrong. */
const UNREADABLE = 20

/** Reads the topics until `signal` aborts. The cursor has an offset for each partition and moves with the delivery. */
export const runTopics = async (
  config: KafkaSourceConfig,
  map: FieldMap,
  context: SourceContext,
  signal: AbortSignal,
): Promise<void> => {
  const { clock } = context
  const { openTopics } = await import('./open-topics.ts')
  const blindAfterMs = config.blindAfterMs ?? 60 * SECOND_MS
  const group = config.group ?? `outcry-${context.source}`
  const topics = [...new Set(config.topics)]
  let cursor: TopicCursor | null = isTopicCursor(context.cursor) ? context.cursor : null
  const progress = createProgress(cursor?.at ?? 0)
  let unansweredSince: number | null = null
  let absent: readonly string[] = []
  let sharedSince: number | null = null
  let unreadable = { count: 0, detail: '' }
  let close: () => Promise<void> = () => Promise.resolve()

  const emit = async (records: readonly TopicRecord[], offsets: TopicCursor['topics']): Promise<void> => {
    const reading = { source: context.source, observedAt: clock.now(), hashAuthor: context.hashAuthor }
    const sightings: Sighting[] = []
    const rejects: Reject[] = []
    for (const record of records) {
      const read = readRecord(record, { ...config, map }, reading)
      if (read.ok) {
        sightings.push(read.sighting)
        unreadable = { count: 0, detail: '' }
      } else {
        rejects.push(read.reject)
        unreadable = { count: unreadable.count + 1, detail: read.reject.detail }
      }
    }
    const at = cursor?.at ?? 0
    const { old, fresh } = partByAge(sightings, { lookedAt: at === 0 ? null : at, now: clock.now() })
    const before = cursor
    if (old.length > 0 && before !== null) await context.emit({ sightings: old, cursor: before, backfill: true })
    const next = { topics: offsets, at: Math.max(at, progress.sourceTime()) }
    await context.emit({ sightings: fresh, rejects, cursor: next, backfill: false })
    cursor = next
  }

  const report = (): SourceReport => {
    const sourceTime = progress.sourceTime()
    const now = clock.now()
    const lag = progress.lag()
    if (unansweredSince !== null && now - unansweredSince >= blindAfterMs)
      return { state: 'blind', reason: 'brokers of some partitions do not answer', sourceTime }
    if (sharedSince !== null && now - sharedSince >= SHARED_AFTER_MS)
      return {
        state: 'blind',
        reason: `others read partitions in the group ${group}: give it one of its own`,
        sourceTime,
      }
    if (now - sourceTime > LAGGING_AFTER_MS)
      return { state: 'lagging', reason: `catching up, ${lag} messages behind`, sourceTime }
    const live: SourceReport = { state: 'live', reason: `reading, ${lag} messages behind`, sourceTime }
    if (absent.length > 0) return { ...live, unseen: `there is no topic ${absent.join(', ')} that may be read` }
    if (unreadable.count >= UNREADABLE)
      return { ...live, unseen: `none of the last ${unreadable.count} records can be read: ${unreadable.detail}` }
    return live
  }

  /** A first place that is not kept would be another one after a kill: what came between would be lost. */
  const begin = async (look: Look): Promise<TopicCursor['topics']> => {
    const start = startOf(cursor, topics, look.ends, config.from)
    for (const gap of start.gaps) context.gap(gap)
    for (const [topic, offsets] of Object.entries(start.topics))
      for (const [partition, offset] of Object.entries(offsets)) progress.delivered(topic, Number(partition), offset, 0)
    await emit([], start.topics).catch((cause: unknown) => {
      throw new DeliveryFailed(cause)
    })
    return start.topics
  }

  const take = async (item: TopicItem): Promise<void> => {
    switch (item.kind) {
      case 'look':
        absent = item.absent
        sharedSince = item.owned < item.ends.length ? (sharedSince ?? item.at) : null
        return progress.look(item.at, item.ends)
      case 'gap':
        return context.gap(item.reason)
      case 'records':
        for (const { records, next } of piecesOf(item.records, item.next)) {
          const offsets = { ...cursor?.topics }
          offsets[item.topic] = { ...offsets[item.topic], [item.partition]: next }
          await emit(records, offsets)
          const newest = Math.min(records.at(-1)?.timestamp ?? 0, clock.now())
          progress.delivered(item.topic, item.partition, next, newest)
        }
    }
  }

  const stop = () => void close()
  signal.addEventListener('abort', stop)
  try {
    await runStream<TopicItem>(
      {
        context,
        connect: () => {
          const connection = openTopics({
            connection: connectionOf(config),
            topics,
            group,
            clock,
            logger: context.logger,
            begin,
            onLook: (answered) => {
              unansweredSince = answered ? null : (unansweredSince ?? clock.now())
            },
            maxWaiting: MAX_WAITING,
          })
          close = connection.close
          if (signal.aborted) void close()
          return connection.opened
        },
        deliver: async (items) => {
          for (const item of items) await take(item)
          context.report(report())
        },
        sourceTime: progress.sourceTime,
        idleMs: IDLE_MS,
        blindAfterMs,
        maxBatch: MAX_WAITING,
        maxWaiting: MAX_WAITING,
      },
      signal,
    )
  } finally {
    signal.removeEventListener('abort', stop)
    await close()
  }
}

/** Records in deliveries of bounded size, each with the offset to go on from after it. */
const piecesOf = (
  records: readonly TopicRecord[],
  next: number,
): { records: readonly TopicRecord[]; next: number }[] => {
  const pieces = Array.from({ length: Math.max(1, Math.ceil(records.length / MAX_BATCH)) }, (_, at) => {
    const some = records.slice(at * MAX_BATCH, (at + 1) * MAX_BATCH)
    return { records: some, next: (some.at(-1)?.offset ?? 0) + 1 }
  })
  pieces.at(-1)!.next = next
  return pieces
}

const connectionOf = ({ brokers, ssl, certificates, sasl }: KafkaSourceConfig): KafkaConnection => {
  const { ca, client, key } = certificates ?? {}
  const own = {
    ...(ca === undefined ? {} : { ca }),
    ...(client === undefined ? {} : { cert: client }),
    ...(key === undefined ? {} : { key }),
  }
  return {
    brokers,
    clientId: 'outcry',
    ...(ssl ? { ssl: certificates === undefined ? true : own } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  }
}
