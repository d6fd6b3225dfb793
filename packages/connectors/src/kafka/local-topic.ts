import { randomUUID } from 'node:crypto'
import { createKafkaClient } from '@outcry/kafka'
import { silentLogger } from '@outcry/runtime'
import type { RunningKafka } from '@outcry/testkit'
import { vi } from 'vitest'
import kafkajs, { type Admin, type Message } from 'kafkajs'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'

const PARTITIONS = 3
const START_MS = Date.now() - 800_000

export const asAdmin = async <T>(brokers: string[], work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = createKafkaClient({ brokers, clientId: 'test' }, silentLogger, 'brief').admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/** A new topic, and writing to it. */
export const createTopic = async (
  brokers: string[],
  numPartitions = PARTITIONS,
  topic = `mentions-${randomUUID()}`,
) => {
  await asAdmin(brokers, async (admin) => {
    await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: false })
    // It shows up, and its leaders do, a moment after it was created; kafkajs' own wait gives up at the first look.
    await vi.waitFor(() => admin.fetchTopicOffsets(topic), 10_000)
  })
  return { topic, ...writerOf(brokers, topic) }
}

export const writerOf = (brokers: string[], topic: string) => {
  const client = createKafkaClient({ brokers, clientId: 'test' }, silentLogger, 'patient')
  const write = async (messages: Message[], transactionalId?: string): Promise<void> => {
    const producer = client.producer({
      createPartitioner: () => (args) => args.message.partition ?? 0,
      ...(transactionalId === undefined ? {} : { transactionalId, maxInFlightRequests: 1, idempotent: true }),
    })
    await producer.connect()
    const sent = { topic, messages, compression: kafkajs.CompressionTypes.GZIP }
    if (transactionalId === undefined) await producer.send(sent)
    else {
      const transaction = await producer.transaction()
      await transaction.send(sent)
      await transaction.abort()
    }
    await producer.disconnect()
  }
  return {
    write: (messages: Message[]) => write(messages),
    abort: (messages: Message[]) => write(messages, randomUUID()),
  }
}

export const recordOf = (number: number, change: Record<string, unknown> = {}): Message => ({
  partition: number % PARTITIONS,
  key: `m${number}`,
  value: JSON.stringify({
    id: `m${number}`,
    text: `order ${number} never came`,
    createdAt: START_MS + number * 700,
    author: { id: `a${number % 50}` },
    ...change,
  }),
})

/**
 * A topic as producers at least once fill it: compressed, out of order over its partitions, with records twice, with some
 * that are no mention, and with a transaction that was taken back.
 */
export const fillTopic = async (kafka: RunningKafka, items: number): Promise<LocalPlatform> => {
  const { topic, write, abort } = await createTopic(kafka.brokers)
  const numbers = Array.from({ length: items }, (_, number) => number)
  const half = numbers.slice(0, items / 2)
  await write(half.map((number) => recordOf(number)))
  await abort([recordOf(items + 1), recordOf(items + 2), recordOf(items + 3)])
  await write([...half.slice(-40).map((number) => recordOf(number)), { partition: 1, value: '{"id":' }])
  await write(numbers.slice(items / 2).map((number) => recordOf(number)))
  await write([{ partition: 2, value: Buffer.from([0, 0, 0, 0, 7, 2, 12]) }])
  return {
    config: {
      brokers: kafka.brokers,
      topics: [topic],
      from: 'earliest',
      map: {},
      idFromKey: true,
      timeUnit: 'milliseconds',
      kind: 'post',
    },
    ids: new Set(numbers.map((number) => `kafka:${topic}:m${number}`)),
    goDark: () => kafka.freeze(),
    edit: () => {
      void write([recordOf(5, { text: 'order 5 never came, and nobody answers' })])
      return `kafka:${topic}:m5`
    },
    remove: () => {
      void write([{ ...recordOf(7), value: null }])
      return `kafka:${topic}:m7`
    },
    close: async () => kafka.thaw(),
  }
}
