import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import { beforeAll, describe, expect, it } from 'vitest'
import { kafkaAvailable, sharedKafka } from '@outcry/testkit'
import { silentLogger } from '@outcry/runtime'
import { busCompliance, COMPLIANCE_MAX_RECORD_BYTES } from '../../test/bus-compliance.ts'
import { SESSION_MS } from '../../test/connect-member.ts'
import { createKafkaBus } from './kafka-bus.ts'

const topicPrefix = `outcry-${randomUUID()}.`

describe.skipIf(!kafkaAvailable())('Kafka bus (needs java and mvn)', () => {
  let brokers: string[] = []
  beforeAll(async () => {
    brokers = (await sharedKafka()).brokers
  })
  const connect = (at: string[] = brokers) =>
    createKafkaBus({
      brokers: at,
      clientId: 'test',
      topicPrefix,
      replication: -1,
      logger: silentLogger,
      sessionTimeoutMs: SESSION_MS.kafka,
      maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES,
    })

  busCompliance({
    connect,
    revokesFirst: false,
    sessionMs: SESSION_MS.kafka,
    member: (topic, group) => ({ driver: 'kafka', brokers, topicPrefix, topic, group }),
    forget: async (topic, partition, below) => {
      const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
      await admin.connect()
      // kafkajs only deletes where it has looked before.
      await admin.fetchTopicOffsets(`${topicPrefix}${topic}`)
      await admin.deleteTopicRecords({
        topic: `${topicPrefix}${topic}`,
        partitions: [{ partition, offset: `${below}` }],
      })
      await admin.disconnect()
    },
  })

  it('says in bounded time which brokers do not answer, and what to do', async () => {
    const bus = connect(['127.0.0.1:1'])
    await expect(bus.check()).rejects.toMatchObject({
      code: 'BUS_UNREACHABLE',
      message: expect.stringContaining('127.0.0.1:1'),
      fix: expect.stringContaining('bus.kafka.brokers'),
    })
    await expect(
      bus.ensureTopics([{ name: 'x', partitions: 1, retentionMs: 1_000, maxRecordBytes: 1_000 }]),
    ).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' })
    await bus.close()
  }, 30_000)
})
