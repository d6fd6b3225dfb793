import { createKafkaClient, type KafkaConnection, within } from '@outcry/kafka'
import type { Logger } from '@outcry/runtime'
import { systemClock, type Clock } from '@outcry/runtime'
import { createAppendQueue } from '../append-queue.ts'
import type { Bus, Consumer } from '../bus.ts'
import { busClosed, topicMissing } from '../errors.ts'
import { refuseUnfit } from '../record-rules.ts'
import { DEAD_LETTER_MAX_BYTES, DEAD_LETTERS_TOPIC } from '../topics.ts'
import { checkKafka, createAdminBook, kafkaUnreachable } from './kafka-client.ts'
import { startKafkaConsumer } from './kafka-consumer.ts'
import { supersededWithinMs } from './kafka-cleanup.ts'
import { countPartitions, ensureTopic } from './kafka-topics.ts'
import { createKafkaWriter } from './kafka-writer.ts'

export type KafkaBusOptions = KafkaConnection & {
  /** Before every topic and group name. */
  topicPrefix: string
  /** Copies of each partition at creation; -1 takes the broker's default. */
  replication: number
  logger: Logger
  /** Largest record of topics that were not given another bound by `ensureTopics`. Bytes. */
  maxRecordBytes: number
  clock?: Clock
  /** A member that sends no heartbeat for so long loses its partitions; at least the brokers' bound of 6 s. */
  sessionTimeoutMs?: number
}

const CLOSE_TIMEOUT_MS = 5_000

/** The bus on Kafka 3.9 to 4.x through kafkajs. */
export const createKafkaBus = (options: KafkaBusOptions): Bus => {
  const { topicPrefix, replication, logger, maxRecordBytes, clock = systemClock, sessionTimeoutMs = 10_000 } = options
  const admin = createAdminBook(options, logger)
  const limits = new Map<string, number>([[DEAD_LETTERS_TOPIC, DEAD_LETTER_MAX_BYTES]])
  const counts = new Map<string, number>()
  const writers = new Map<string, { append: ReturnType<typeof createAppendQueue>; close(): Promise<void> }>()
  const consumers = new Set<Consumer>()
  let closed: Promise<void> | null = null

  const nameOf = (topic: string) => `${topicPrefix}${topic}`
  const ensureOpen = () => {
    if (closed) throw busClosed()
  }

  const count = async (topic: string): Promise<number> => {
    const found = await admin.ask((client) => countPartitions(client, nameOf(topic)))
    counts.set(topic, found)
    return found
  }

  const writerOf = (topic: string) => {
    let writer = writers.get(topic)
    if (!writer) {
      const { write, close } = createKafkaWriter(options, nameOf(topic), logger)
      writer = { append: createAppendQueue(write), close }
      writers.set(topic, writer)
    }
    return writer
  }

  const allBounds = async (topic: string) => {
    const offsets = await admin.ask(async (client) => {
      if (!counts.has(topic)) await countPartitions(client, nameOf(topic))
      return client.fetchTopicOffsets(nameOf(topic))
    })
    return offsets
      .map(({ partition, low, high }) => ({ partition, first: Number(low), next: Number(high) }))
      .sort((a, b) => a.partition - b.partition)
  }

  const bounds = async (topic: string, partition: number) => {
    const found = (await allBounds(topic)).find((one) => one.partition === partition)
    if (!found) throw topicMissing(topic, partition)
    return { first: found.first, next: found.next }
  }

  const shutDown = async () => {
    await Promise.all([...consumers].map((consumer) => consumer.stop()))
    // With the brokers gone, appends in flight would keep trying for minutes.
    await within(CLOSE_TIMEOUT_MS, () =>
      Promise.all([...writers.values()].map((writer) => writer.append.close())),
    ).catch(() => undefined)
    await Promise.all([...writers.values()].map((writer) => writer.close()))
    await admin.close()
  }

  return {
    ensureTopics: async (specs) => {
      ensureOpen()
      for (const spec of specs) {
        limits.set(spec.name, spec.maxRecordBytes)
        counts.set(
          spec.name,
          await admin.ask((client) => ensureTopic(client, nameOf(spec.name), spec, replication, logger)),
        )
      }
    },
    partitionCount: count,
    append: async (topic, records) => {
      ensureOpen()
      if (records.length === 0) return []
      refuseUnfit(topic, records, limits.get(topic) ?? maxRecordBytes)
      const highest = records.reduce((most, record) => Math.max(most, record.partition), 0)
      if (highest >= (counts.get(topic) ?? 0) && highest >= (await count(topic))) throw topicMissing(topic, highest)
      return writerOf(topic).append.append(records)
    },
    supersededWithinMs: (topic) => admin.ask((client) => supersededWithinMs(client, nameOf(topic))),
    bounds,
    allBounds,
    consume: async ({ topic, group, ...rest }) => {
      ensureOpen()
      await count(topic)
      const consumer = await startKafkaConsumer({
        ...rest,
        kafka: createKafkaClient(options, logger, 'patient'),
        clock,
        logger,
        sessionTimeoutMs,
        topic,
        kafkaTopic: nameOf(topic),
        kafkaGroup: `${topicPrefix}${group}`,
        bounds: (partition) => bounds(topic, partition),
      }).catch((error: unknown) => {
        throw kafkaUnreachable(options, error)
      })
      consumers.add(consumer)
      return {
        owned: () => consumer.owned(),
        failed: consumer.failed,
        stop: async () => {
          await consumer.stop()
          consumers.delete(consumer)
        },
      }
    },
    check: () => checkKafka(options, logger),
    close: () => (closed ??= shutDown()),
  }
}
