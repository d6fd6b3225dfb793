import { availableParallelism } from 'node:os'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import kafkajs from 'kafkajs'

export type Measured = { records: number; bytes: number; producedSeconds: number; wholeSeconds: number }

const BATCH = 500
const IN_FLIGHT = 4

/** All records of a topic, as bytes. */
export const readTopic = async (brokers: string[], topic: string): Promise<{ value: Buffer; appendedAt: number }[]> => {
  const kafka = client(brokers)
  const total = await endOf(kafka, topic)
  const records: { value: Buffer; appendedAt: number }[] = []
  const consumer = kafka.consumer({ groupId: `read-${topic}-${process.pid}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await new Promise<void>((done, fail) => {
    consumer
      .run({
        eachBatch: async ({ batch }) => {
          for (const { value, timestamp } of batch.messages)
            records.push({ value: value ?? Buffer.alloc(0), appendedAt: Number(timestamp) })
          if (records.length >= total) done()
        },
      })
      .catch(fail)
  })
  await consumer.disconnect()
  return records
}

/**
 * What kafkajs itself does with the same records on the same broker: an idempotent producer with batches of 500, four in
 * flight, acks of all and zstd as Outcry's, while a consumer of its own reads them and does nothing.
 */
export const kafkajsAlone = async (
  brokers: string[],
  topic: string,
  partitions: number,
  values: readonly Buffer[],
): Promise<Measured> => {
  const kafka = client(brokers)
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }] })
  await admin.disconnect()
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: IN_FLIGHT, allowAutoTopicCreation: false })
  const consumer = kafka.consumer({ groupId: `${topic}-group`, maxWaitTimeInMs: 100 })
  await Promise.all([producer.connect(), consumer.connect()])
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  let seen = 0
  const consumed = Promise.withResolvers<void>()
  const joined = new Promise<void>((done) => consumer.on(consumer.events.GROUP_JOIN, () => done()))
  await consumer.run({
    partitionsConsumedConcurrently: partitions,
    eachBatch: async ({ batch }) => {
      seen += batch.messages.length
      if (seen >= values.length) consumed.resolve()
    },
  })
  await joined

  const began = performance.now()
  let next = 0
  const send = async (): Promise<void> => {
    while (next < values.length) {
      const from = next
      next += BATCH
      const partition = (from / BATCH) % partitions
      const messages = values.slice(from, from + BATCH).map((value, at) => ({ key: `${from + at}`, value, partition }))
      await producer.send({ topic, acks: -1, compression: kafkajs.CompressionTypes.ZSTD, messages })
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, send))
  const producedSeconds = (performance.now() - began) / 1_000
  await consumed.promise
  const wholeSeconds = (performance.now() - began) / 1_000
  await Promise.all([producer.disconnect(), consumer.disconnect()])
  return {
    records: values.length,
    bytes: values.reduce((sum, value) => sum + value.byteLength, 0),
    producedSeconds,
    wholeSeconds,
  }
}

export const cores = (): number => availableParallelism()

const client = (brokers: string[]) => {
  kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
    compress: async (encoder: { buffer: Buffer }) =>
      zstdCompressSync(encoder.buffer, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
    decompress: async (buffer: Buffer) => zstdDecompressSync(buffer),
  })
  return new kafkajs.Kafka({ brokers, clientId: 'alone', logLevel: kafkajs.logLevel.NOTHING })
}

const endOf = async (kafka: InstanceType<typeof kafkajs.Kafka>, topic: string): Promise<number> => {
  const admin = kafka.admin()
  await admin.connect()
  const offsets = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  return offsets.reduce((sum, { high }) => sum + Number(high), 0)
}
