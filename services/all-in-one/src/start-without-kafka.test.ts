import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { createTestDatabase } from '@outcry/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

/** From the first word to Kafka to the end of the process. */
const REFUSED_WITHIN_MS = 15_000

const database = async () => {
  const made = await createTestDatabase({ empty: true })
  onTestFinished(() => made.drop())
  return made.url
}

/** An address where somebody listens and never answers. */
const silentBroker = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('a start without Kafka', () => {
  it.each(['refuses', 'never answers'])(
    'ends soon and says what to do where it %s',
    async (how) => {
      const broker = how === 'refuses' ? '127.0.0.1:1' : await silentBroker()
      const url = await database()
      const env = { OUTCRY_BUS: 'kafka', OUTCRY_KAFKA_BROKERS: broker, DATABASE_URL: url }
      const outcry = startOutcry(scratch(), ['--no-demo'], env)
      await outcry.printed('opening Kafka')
      const startedAt = performance.now()
      expect(await outcry.exited()).toBe(1)
      expect(performance.now() - startedAt).toBeLessThan(REFUSED_WITHIN_MS)
      expect(outcry.output()).toContain('BUS_UNREACHABLE')
      expect(outcry.output()).toContain(broker)
      expect(outcry.output()).toContain('bus.kafka.brokers')
    },
    60_000,
  )
})
