import { describe } from 'vitest'
import { previousKafkaWanted, startKafka } from '@outcry/testkit'
import { busFaults } from '../../test/bus-faults.ts'

describe.skipIf(!previousKafkaWanted())('bus on Kafka 3.9 (OUTCRY_TEST_REQUIRE=kafka)', () => {
  busFaults(async () => {
    const server = await startKafka({ version: '3.9.2' })
    return { server, spec: { driver: 'kafka', brokers: server.brokers, topicPrefix: 'faults.' } }
  })
})
