import { afterAll, describe } from 'vitest'
import { previousKafkaWanted, type RunningKafka, startKafka } from '@outcry/testkit'
import { kafkaCompliance } from '../../test/kafka-compliance.ts'

describe.skipIf(!previousKafkaWanted())('bus on Kafka 3.9 (OUTCRY_TEST_REQUIRE=kafka)', () => {
  let kafka: RunningKafka | null = null
  kafkaCompliance(async () => (kafka = await startKafka({ version: '3.9.2' })))
  afterAll(() => kafka?.stop())
})
