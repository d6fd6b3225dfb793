import { SECOND_MS } from '@outcry/contracts'
import { createKafkaClient, fetchedFrom, type KafkaConnection, within } from '@outcry/kafka'
import type { Clock, Logger } from '@outcry/runtime'
import type { Admin, Batch, KafkaMessage } from 'kafkajs'
import { DeliveryFailed } from '../delivery-failed.ts'
import type { Connection } from '../stream/connection.ts'
import { createInbox } from '../stream/inbox.ts'
import { kafkaFault } from './kafka-refusal.ts'
import type { TopicRecord } from './read-record.ts'
import type { LogEnds, TopicCursor } from './topic-cursor.ts'

/** What a connection tells, in order for each partition. */
export type TopicItem =
  | { kind: 'records'; topic: string; partition: number; records: TopicRecord[]; next: number }
  | ({ kind: 'look'; owned: number } & Look)
  | { kind: 'gap'; reason: string }

/** The topics that are there, with the ends of their partitions as they were after `at`, epoch ms. */
export type Look = { at: number; ends: readonly LogEnds[]; present: readonly string[]; absent: readonly string[] }

/** A connection on its way; `close` may be called at any time and again. */
export type TopicConnection = { opened: Promise<Connection<TopicItem>>; close: () => Promise<void> }

export type TopicOptions = {
  connection: KafkaConnection
  topics: readonly string[]
  group: string
  clock: Clock
  logger: Logger
  /** Says from which offsets on, having kept them. */
  begin(look: Look): Promise<TopicCursor['topics']>
  /** Told after each look whether all brokers asked have answered. */
  onLook(answered: boolean): void
  maxWaiting: number
}

const ANSWER_TIMEOUT_MS = 15_000
const JOIN_TIMEOUT_MS = 30_000
const LOOK_EVERY_MS = 5 * SECOND_MS
/** A consumer that neither fetches nor waits for us has stopped for ever (tulios/kafkajs#659). */
const STOPPED_AFTER_MS = 30 * SECOND_MS
/** The least that brokers take: the group of a killed process is free after it. */
const SESSION_TIMEOUT_MS = 6_000
const LEAVE_TIMEOUT_MS = 5 * SECOND_MS
const MAX_FETCH_BYTES = 4_194_304
const MAX_PARTITION_BYTES = 524_288

/**
 * Reads topics from given offsets on. kafkajs reads in groups only, so one is joined; but who reads is the one who holds
 * the source, and from where is what was delivered: the group's offsets are neither read nor written, so that a kill
 * between delivery and commit can neither lose nor skip. Records wait in a bounded inbox beside kafkajs' own loop, whose
 * heartbeats go on while a delivery takes long. `close` resolves when the group is left.
 */
export const openTopics = (options: TopicOptions): TopicConnection => {
  const { logger } = options
  const admin = createKafkaClient(options.connection, logger, 'brief').admin()
  const ended = new AbortController()
  let leave = (): Promise<unknown> => Promise.resolve()
  let closing: Promise<void> | null = null
  const close = (): Promise<void> => {
    ended.abort(new Error('the connection is being closed'))
    const all = () => Promise.allSettled([leave(), admin.disconnect()])
    return (closing ??= within(LEAVE_TIMEOUT_MS, all).then(
      () => undefined,
      (error: unknown) => logger.debug({ reason: kafkaFault(error).message }, 'the group could not be left'),
    ))
  }

  const open = async (): Promise<Connection<TopicItem>> => {
    const look = await within(ANSWER_TIMEOUT_MS, async () => {
      await admin.connect()
      return lookAt(admin, options)
    })
    const consumer = createConsumer(options, look.present, await options.begin(look))
    if (look.present.length === 0) throw new Error(`there is no topic ${options.topics.join(', ')} that may be read`)
    ended.signal.throwIfAborted()
    leave = consumer.leave
    await within(JOIN_TIMEOUT_MS, consumer.join)
    consumer.inbox.push({ kind: 'look', ...look, owned: consumer.owned() })
    void keepLooking(options, admin, consumer, ended.signal)
    return { take: consumer.inbox.take, waiting: consumer.inbox.size, close: () => void close() }
  }

  const opened = Promise.race([open(), aborted(ended.signal)]).catch(async (error: unknown) => {
    await close()
    throw error instanceof DeliveryFailed ? error : kafkaFault(error)
  })
  return { opened, close }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })

const createConsumer = (options: TopicOptions, present: readonly string[], offsets: TopicCursor['topics']) => {
  const { clock, logger } = options
  /** The next offset to put into the inbox. */
  const positions = new Map(
    Object.entries(offsets).flatMap(([topic, partitions]) =>
      Object.entries(partitions).map(([partition, offset]) => [`${topic}/${partition}`, offset] as const),
    ),
  )
  const positionOf = (topic: string, partition: number) => positions.get(`${topic}/${partition}`) ?? 0
  let owned = 0
  let aliveAt = clock.now()
  const client = createKafkaClient(options.connection, logger, 'patient')
  const consumer = client.consumer({
    groupId: options.group,
    sessionTimeout: SESSION_TIMEOUT_MS,
    rebalanceTimeout: 30_000,
    heartbeatInterval: 1_000,
    // An idle member only hears of a rebalance between fetches; the default of 5 s makes each one take 5 s.
    maxWaitTimeInMs: 200,
    maxBytes: MAX_FETCH_BYTES,
    maxBytesPerPartition: MAX_PARTITION_BYTES,
    metadataMaxAge: 10_000,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 30, restartOnFailure: () => Promise.resolve(true) },
  })
  const whole = present.map((topic) => ({ topic }))
  const inbox = createInbox<TopicItem>(options.maxWaiting, {
    pause: () => ignoreStopped(() => consumer.pause(whole)),
    resume: () => ignoreStopped(() => consumer.resume(whole)),
  })

  const put = (topic: string, partition: number, records: TopicRecord[], next: number) => {
    if (next <= positionOf(topic, partition)) return
    positions.set(`${topic}/${partition}`, next)
    inbox.push({ kind: 'records', topic, partition, records, next })
  }

  /** The fetch began beyond the wanted offset: kafkajs went on at the first that is left. */
  const skipGone = (topic: string, partition: number, to: number) => {
    const from = positionOf(topic, partition)
    inbox.push({
      kind: 'gap',
      reason: `${topic}[${partition}]: ${to - from} records were deleted before they were read`,
    })
    positions.set(`${topic}/${partition}`, to)
  }

  const { events } = consumer
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    const assigned = Object.entries(payload.memberAssignment)
    owned = assigned.reduce((sum, [, partitions]) => sum + partitions.length, 0)
    for (const [topic, partitions] of assigned)
      for (const partition of partitions)
        ignoreStopped(() => consumer.seek({ topic, partition, offset: `${positionOf(topic, partition)}` }))
  })
  consumer.on(events.START_BATCH_PROCESS, ({ payload }) => {
    // Control records alone never reach eachBatch, but move the position.
    if (payload.batchSize === 0) put(payload.topic, payload.partition, [], Number(payload.lastOffset) + 1)
  })
  consumer.on(events.CRASH, ({ payload }) => {
    if (!payload.restart) inbox.fail(kafkaFault(payload.error))
  })
  consumer.on(events.FETCH, () => {
    aliveAt = clock.now()
  })

  const eachBatch = async ({ batch, resolveOffset }: { batch: Batch; resolveOffset: (offset: string) => void }) => {
    const { topic, partition } = batch
    const from = fetchedFrom(batch)
    if (from > positionOf(topic, partition)) skipGone(topic, partition, from)
    const position = positionOf(topic, partition)
    const fresh = batch.messages.filter(({ offset }) => Number(offset) >= position)
    put(
      topic,
      partition,
      fresh.map((message) => toRecord(topic, partition, message)),
      Number(batch.lastOffset()) + 1,
    )
    resolveOffset(batch.lastOffset())
  }

  return {
    inbox,
    present,
    owned: () => owned,
    hasStopped: () => !inbox.isPaused() && clock.now() - aliveAt > STOPPED_AFTER_MS,
    join: async () => {
      await consumer.connect()
      await consumer.subscribe({ topics: [...present], fromBeginning: true })
      await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch })
      aliveAt = clock.now()
    },
    leave: () => consumer.disconnect(),
  }
}

/** Looks at the ends of the log, which shows lag and partitions, and at whether the consumer still reads. */
const keepLooking = async (
  options: TopicOptions,
  admin: Admin,
  { inbox, hasStopped, owned, present }: ReturnType<typeof createConsumer>,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await options.clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined)
    if (signal.aborted) return
    if (hasStopped()) return inbox.fail(new Error('the consumer has stopped reading'))
    try {
      const look = await within(ANSWER_TIMEOUT_MS, () => lookAt(admin, options))
      options.onLook(true)
      if (look.present.length > present.length) return inbox.fail(new Error('a topic that was missing is there now'))
      // While a delivery takes long there is nothing new to say.
      if (inbox.size() < options.maxWaiting) inbox.push({ kind: 'look', ...look, owned: owned() })
    } catch (error) {
      options.onLook(false)
      options.logger.warn({ reason: kafkaFault(error).message }, 'the ends of the topics could not be read')
    }
  }
}

const lookAt = async (admin: Admin, { topics, clock }: TopicOptions): Promise<Look> => {
  const at = clock.now()
  // Asking for a missing topic by name is retried until it "appears".
  const there = new Set(await admin.listTopics())
  const present = topics.filter((topic) => there.has(topic))
  const ends: LogEnds[] = []
  for (const topic of present)
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      ends.push({ topic, partition, first: Number(low), next: Number(high) })
  return { at, ends, present, absent: topics.filter((topic) => !there.has(topic)) }
}

const toRecord = (topic: string, partition: number, { offset, key, value, timestamp }: KafkaMessage): TopicRecord => ({
  topic,
  partition,
  offset: Number(offset),
  key,
  value,
  timestamp: Math.max(0, Number(timestamp)),
})

/** pause, resume and seek throw while kafkajs restarts its consumer; the next join asks for them again. */
const ignoreStopped = (act: () => void): void => {
  try {
    act()
  } catch {
    // Nothing is fetched now.
  }
}
