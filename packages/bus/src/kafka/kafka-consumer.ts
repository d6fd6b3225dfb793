import type { EachBatchPayload, Kafka } from 'kafkajs'
import { fetchedFrom, within } from '@outcry/kafka'
import type { Clock, Logger } from '@outcry/runtime'
import type { Consumer, ConsumeOptions } from '../bus.ts'
import { consumerFailed } from '../errors.ts'
import { chunksOf, MAX_BATCH_BYTES, toRecord } from './kafka-records.ts'
import { type KafkaPartition, openKafkaPartition } from './kafka-partition.ts'

export type KafkaConsumerOptions = Omit<ConsumeOptions, 'topic' | 'group'> & {
  kafka: Kafka
  clock: Clock
  logger: Logger
  sessionTimeoutMs: number
  /** Names as the callers and as the brokers know them. */
  topic: string
  kafkaTopic: string
  kafkaGroup: string
  bounds(partition: number): Promise<{ first: number; next: number }>
}

const HEARTBEAT_MS = 1_000
const COMMIT_EVERY_MS = 1_000
const STOP_TIMEOUT_MS = 8_000
/**
 * A consumer that shows no sign of life in so many looks is stuck (tulios/kafkajs#659, #919: no reconnection after a
 * timeout) and ends its process. Looks and not times: the clock may jump, and a process may have slept.
 */
const STUCK_AFTER_LOOKS = 4
const LOOK_EVERY_MS = 30_000

/**
 * Joins the group and reads. Ownership is Kafka's, positions are the handler's: every partition starts paused, is sought
 * to the position the handler gives, and only then fetched. Kafka's own offsets are committed to show lag, never read.
 */
export const startKafkaConsumer = async (options: KafkaConsumerOptions): Promise<Consumer> => {
  const { kafka, clock, logger, topic, kafkaTopic, kafkaGroup, handler, maxBatchRecords = 500 } = options
  const consumer = kafka.consumer({
    groupId: kafkaGroup,
    sessionTimeout: options.sessionTimeoutMs,
    // How long the group waits for a handler that is at work when it rebalances.
    rebalanceTimeout: 30_000,
    heartbeatInterval: HEARTBEAT_MS,
    // An idle member only hears of a rebalance between fetches; the default of 5 s makes each one take 5 s.
    maxWaitTimeInMs: 200,
    maxBytes: MAX_BATCH_BYTES,
    metadataMaxAge: 15_000,
    allowAutoTopicCreation: false,
    // Enough to outlast a broker that is killed and started again; the default of 5 is not.
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 30, restartOnFailure: () => Promise.resolve(true) },
  })
  const open = new Map<number, KafkaPartition>()
  const leaving = new Set<Promise<void>>()
  const stopping = new AbortController()
  let memberId: string | null = null
  let alive = true
  let lastCommitAt = 0
  let fail: (error: Error) => void = () => undefined
  const failed = new Promise<never>((_, reject) => (fail = reject))
  failed.catch(() => undefined)

  const letGo = (partition: KafkaPartition) => {
    open.delete(partition.partition)
    const done = partition.end().finally(() => leaving.delete(done))
    leaving.add(done)
  }
  const letAllGo = () => {
    for (const partition of open.values()) letGo(partition)
  }
  const take = (partition: number) => {
    const place = { topic: kafkaTopic, partitions: [partition] }
    open.set(
      partition,
      openKafkaPartition({
        clock,
        logger,
        topic,
        partition,
        handler,
        bounds: () => options.bounds(partition),
        pause: () => ignoreStopped(() => consumer.pause([place])),
        resumeAt: (position) =>
          ignoreStopped(() => {
            consumer.seek({ topic: kafkaTopic, partition, offset: `${position}` })
            consumer.resume([place])
          }),
      }),
    )
  }

  const { events } = consumer
  // Listeners run before kafkajs goes on: nothing of a new assignment is fetched before it is paused here.
  consumer.on(events.GROUP_JOIN, ({ payload }) => {
    const assigned = payload.memberAssignment[kafkaTopic] ?? []
    // A new member id means that the group had given us up.
    if (payload.memberId !== memberId) letAllGo()
    memberId = payload.memberId
    for (const partition of open.values()) {
      if (assigned.includes(partition.partition)) partition.refetch()
      else letGo(partition)
    }
    if (stopping.signal.aborted) return
    for (const partition of assigned) if (!open.has(partition)) take(partition)
    logger.info({ topic, group: kafkaGroup, partitions: assigned.length }, 'Joined the consumer group')
  })
  // The join request is sent after this; no batch is being handled any more.
  consumer.on(events.REBALANCING, letAllGo)
  consumer.on(events.CRASH, ({ payload }) => {
    letAllGo()
    if (payload.restart) logger.warn({ topic, group: kafkaGroup, error: payload.error }, 'The consumer starts again')
    else fail(consumerFailed(kafkaGroup, `kafkajs gave up: ${payload.error.message}`, payload.error))
  })
  consumer.on(events.START_BATCH_PROCESS, ({ payload }) => {
    // Control records alone never reach eachBatch, but move the position.
    if (payload.batchSize === 0) open.get(payload.partition)?.skipTo(Number(payload.lastOffset) + 1)
  })
  for (const event of [events.HEARTBEAT, events.GROUP_JOIN, events.FETCH, events.CRASH, events.CONNECT]) {
    consumer.on(event, () => (alive = true))
  }

  const eachBatch = async (payload: EachBatchPayload) => {
    const { batch } = payload
    const partition = open.get(batch.partition)
    const position = partition?.position() ?? null
    if (!partition || position === null) return
    if (fetchedFrom(batch) > position) return partition.recheck()
    const next = Number(batch.highWatermark)
    const fresh = batch.messages.filter((message) => Number(message.offset) >= position)
    for (const chunk of chunksOf(fresh, maxBatchRecords)) {
      if (!payload.isRunning() || payload.isStale()) return
      // A member that was frozen learns here that the group went on without it.
      await payload.heartbeat()
      const records = chunk.map((message) => toRecord(topic, batch.partition, message))
      const delivered = await keepingAlive(partition.deliver(records, next), payload)
      if (!delivered) return
      payload.resolveOffset(chunk.at(-1)!.offset)
    }
    partition.skipTo(Number(batch.lastOffset()) + 1)
    payload.resolveOffset(batch.lastOffset())
    await showLag(payload, batch.partition, partition.position())
  }

  /**
   * Heartbeats while the handler works. A rebalance met meanwhile is told to kafkajs once the handler is done, and the
   * heartbeats go on until then: each one still counts, and without them the group would hand the partition on in the
   * middle of the work.
   */
  const keepingAlive = async (work: Promise<boolean>, payload: EachBatchPayload): Promise<boolean> => {
    const done = new AbortController()
    const beat = async (): Promise<unknown> => {
      for (let found: unknown = null; ;) {
        await clock.sleep(HEARTBEAT_MS, done.signal).catch(() => undefined)
        alive = true
        if (done.signal.aborted) return found
        await payload.heartbeat().catch((error: unknown) => (found ??= error))
      }
    }
    const beating = beat()
    const delivered = await work
    done.abort()
    const rebalancing = await beating
    if (rebalancing !== null) throw rebalancing
    return delivered
  }

  const showLag = async (payload: EachBatchPayload, partition: number, position: number | null) => {
    if (position === null || clock.now() - lastCommitAt < COMMIT_EVERY_MS) return
    lastCommitAt = clock.now()
    const partitions = [...open.values()].flatMap((one) => {
      const at = one.partition === partition ? position : one.position()
      return at === null ? [] : [{ partition: one.partition, offset: `${at}` }]
    })
    await payload.commitOffsetsIfNecessary({ topics: [{ topic: kafkaTopic, partitions }] }).catch((error: unknown) => {
      logger.debug({ topic, error }, 'Offsets for the lag display could not be committed')
    })
  }

  /** Brokers that are away explain the silence; kafkajs comes back by itself when they do. */
  const brokersAnswer = () =>
    options.bounds(0).then(
      () => true,
      () => false,
    )

  const watch = async () => {
    for (let quiet = 0; !stopping.signal.aborted; quiet += 1) {
      await clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => undefined)
      if (alive) quiet = -1
      alive = false
      if (stopping.signal.aborted || quiet < STUCK_AFTER_LOOKS - 1) continue
      if (!(await brokersAnswer()) || alive) continue
      fail(consumerFailed(kafkaGroup, `no sign of life for ${STUCK_AFTER_LOOKS * LOOK_EVERY_MS} ms`, undefined))
      return
    }
  }

  await consumer.connect()
  await consumer.subscribe({ topics: [kafkaTopic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 64,
    eachBatch,
  })
  void watch()

  const shutDown = async () => {
    stopping.abort()
    letAllGo()
    await Promise.all(leaving)
    await within(STOP_TIMEOUT_MS, () => consumer.disconnect()).catch((error: unknown) => {
      logger.warn({ topic, group: kafkaGroup, error }, 'Leaving the group failed, its partitions move in a while')
    })
  }
  let stopped: Promise<void> | null = null

  return {
    owned: () => [...open.keys()].sort((a, b) => a - b),
    stop: () => (stopped ??= shutDown()),
    failed,
  }
}

/** pause, resume and seek throw while kafkajs restarts its consumer; the next join asks for them again. */
const ignoreStopped = (act: () => void): void => {
  try {
    act()
  } catch {
    // Nothing is fetched now.
  }
}
