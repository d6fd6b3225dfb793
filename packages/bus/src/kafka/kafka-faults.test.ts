import { describe } from 'vitest'
import { kafkaAvailable, startKafka } from '@outcry/testkit'
import { busFaults } from '../../test/bus-faults.ts'

describe.skipIf(!kafkaAvailable())('Kafka bus (needs java and mvn)', () => {
  busFaults(async () => {
    const server = await startKafka()
    return { server, spec: { driver: 'kafka', brokers: server.brokers, topicPrefix: 'faults.' } }
  })
})
