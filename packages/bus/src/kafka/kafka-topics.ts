import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs'
import { OutcryError } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import type { TopicSpec } from '../bus.ts'
import { topicMissing } from '../errors.ts'
import { cleanupEntries, cleanupOf, supersededWithinMs } from './kafka-cleanup.ts'
import { turnDoneMs } from '../topics.ts'

/** Room for a record batch's own framing and for the broker's default of 1 MiB. */
const MIN_MESSAGE_BYTES = 1_048_576
const FRAMING_BYTES = 16_384

export const maxMessageBytes = (maxRecordBytes: number): number =>
  Math.max(MIN_MESSAGE_BYTES, maxRecordBytes + FRAMING_BYTES)

const configOf = (topic: string, spec: TopicSpec, replication: number): ITopicConfig => ({
  topic,
  numPartitions: spec.partitions,
  replicationFactor: replication,
  configEntries: [
    { name: 'retention.ms', value: `${spec.retentionMs}` },
    { name: 'max.message.bytes', value: `${maxMessageBytes(spec.maxRecordBytes)}` },
    ...cleanupEntries(spec.compact),
    // The broker's time of append is the one clock that all readers of a record agree on.
    { name: 'message.timestamp.type', value: 'LogAppendTime' },
  ],
})

/** Partitions of a topic; BUS_TOPIC_MISSING where it does not exist. */
export const countPartitions = async (admin: Admin, topic: string): Promise<number> => {
  // Asking for all topics answers at once; asking for a missing one by name is retried until its leader "appears".
  if (!(await admin.listTopics()).includes(topic)) throw topicMissing(topic)
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  return topics[0]?.partitions.length ?? 0
}

/**
 * Creates a topic, or adds partitions where it has fewer than wanted. Brands keep their partition when some are added.
 * Where the rights to add them are missing, it works on with those there are and says so.
 */
export const ensureTopic = async (
  admin: Admin,
  topic: string,
  spec: TopicSpec,
  replication: number,
  logger: Logger,
): Promise<number> => {
  const exists = (await admin.listTopics()).includes(topic)
  if (!exists) {
    try {
      await admin.createTopics({ topics: [configOf(topic, spec, replication)], waitForLeaders: false, timeout: 8_000 })
    } catch (error) {
      throw new OutcryError('BUS_TOPIC_REFUSED', `Kafka refused to create topic ${topic}: ${reasonOf(error)}`, {
        fix: `Give the user of bus.kafka the right to create topics, or create ${topic} with ${spec.partitions} partitions by hand.`,
        cause: error,
      })
    }
  }
  if (exists && spec.compact) await warnSlowErasure(admin, topic, spec.compact, logger)
  const count = await untilCount(admin, topic, 1)
  if (count > spec.partitions) {
    logger.info({ topic, partitions: count, wanted: spec.partitions }, 'The topic has more partitions than configured')
  }
  if (count >= spec.partitions) return count
  try {
    await admin.createPartitions({ topicPartitions: [{ topic, count: spec.partitions }] })
    return await untilCount(admin, topic, spec.partitions)
  } catch (error) {
    const now = await countPartitions(admin, topic)
    if (now < spec.partitions) {
      logger.warn(
        { topic, partitions: now, wanted: spec.partitions, reason: reasonOf(error) },
        'Partitions could not be added, working with fewer; add them by hand to spread the load',
      )
    }
    return now
  }
}

/** A topic that others made keeps its settings: they may have their reasons, and changing one resets the others. */
const warnSlowErasure = async (
  admin: Admin,
  topic: string,
  compact: NonNullable<TopicSpec['compact']>,
  logger: Logger,
) => {
  const withinMs = await supersededWithinMs(admin, topic)
  if (withinMs <= turnDoneMs(compact.withinMs)) return
  logger.warn(
    { topic, withinMs, fix: cleanupOf(compact) },
    'The topic keeps deleted posts longer than configured; set its cleanup as named',
  )
}

/** New topics and partitions show up in metadata a moment after they were created. */
const untilCount = async (admin: Admin, topic: string, wanted: number): Promise<number> => {
  for (let attempt = 1; ; attempt += 1) {
    const led = await countLed(admin, topic).catch((error: unknown) => {
      if (attempt < SHOW_UP_ATTEMPTS && error instanceof kafkajs.KafkaJSError && error.retriable) return 0
      throw error
    })
    if (led >= wanted || attempt === SHOW_UP_ATTEMPTS) return led
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const SHOW_UP_ATTEMPTS = 50

const countLed = async (admin: Admin, topic: string): Promise<number> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
  return topics[0]?.partitions.filter((partition) => partition.leader >= 0).length ?? 0
}

const reasonOf = (error: unknown): string => {
  if (error instanceof kafkajs.KafkaJSAggregateError)
    return error.errors.map((one) => (one instanceof Error ? one.message : one)).join('; ')
  return error instanceof Error ? error.message : String(error)
}
