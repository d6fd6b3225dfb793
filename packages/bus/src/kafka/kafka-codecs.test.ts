import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { silentLogger } from '@outcry/runtime'
import { numbered, readAll, text } from '../../test/compliance/driver.ts'
import { createKafkaBus } from './kafka-bus.ts'

const RECORDS = 300

describe.skipIf(!kafkaAvailable())('records that others compressed (needs java and mvn)', () => {
  // The broker, which is Java, compresses anew whatever a topic of another compression is given.
  it.each(['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'])('are read as %s', async (compression) => {
    const { brokers } = await sharedKafka()
    const topic = `codec-${compression}-${randomUUID()}`
    const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
    await admin.connect()
    const configEntries = [{ name: 'compression.type', value: compression }]
    await admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: 1, configEntries }] })
    await admin.disconnect()
    const bus = createKafkaBus({
      brokers,
      clientId: 'codecs',
      topicPrefix: '',
      replication: -1,
      logger: silentLogger,
      maxRecordBytes: 262_144,
    })
    onTestFinished(() => bus.close())
    await vi.waitFor(() => bus.bounds(topic, 0), 10_000)
    await bus.append(topic, numbered(0, 0, RECORDS))
    const read = await readAll(bus, topic, 0, 0, RECORDS)
    expect(read.map(({ value }) => text(value))).toEqual(Array.from({ length: RECORDS }, (_, index) => `0:${index}`))
  })
})
