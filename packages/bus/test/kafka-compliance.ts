import { randomUUID } from 'node:crypto'
import kafkajs, { type Admin } from 'kafkajs'
import { beforeAll } from 'vitest'
import { silentLogger } from '@outcry/runtime'
import { createKafkaBus } from '../src/kafka/kafka-bus.ts'
import { busCompliance, COMPLIANCE_MAX_RECORD_BYTES } from './bus-compliance.ts'
import { SESSION_MS } from './connect-member.ts'

export const asAdmin = async <T>(brokers: string[], work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.disconnect()
  }
}

/** The compliance suite on a broker. Gives how to connect to it, or to other addresses, as the suite does. */
export const kafkaCompliance = (start: () => Promise<{ brokers: string[] }>) => {
  const topicPrefix = `outcry-${randomUUID()}.`
  let brokers: string[] = []
  beforeAll(async () => {
    brokers = (await start()).brokers
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
    forget: (topic, partition, below) =>
      asAdmin(brokers, async (admin) => {
        // kafkajs only deletes where it has looked before.
        await admin.fetchTopicOffsets(`${topicPrefix}${topic}`)
        await admin.deleteTopicRecords({
          topic: `${topicPrefix}${topic}`,
          partitions: [{ partition, offset: `${below}` }],
        })
      }),
  })
  const deleteTopic = (topic: string) =>
    asAdmin(brokers, (admin) => admin.deleteTopics({ topics: [`${topicPrefix}${topic}`] }))
  return { connect, deleteTopic }
}
