import { readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { createTestDatabase, kafkaAvailable, startKafka } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { madeCrisis } from '../test/made-crisis.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

const PATIENCE_MS = 240_000
const WAIT = { timeout: 90_000, interval: 250 }
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

describe.skipIf(!kafkaAvailable())('Kafka away while Outcry runs (needs java and mvn)', () => {
  it(
    'is told by readiness; people still read and acknowledge; and everything goes on when it is back',
    async () => {
      const kafka = await startKafka()
      onTestFinished(() => kafka.stop())
      const cwd = scratch()
      madeCrisis(join(cwd, 'mentions.jsonl'))
      const config = {
        brands: [
          { id: 'acme', terms: ['Acme'] },
          { id: 'globex', terms: ['Globex'] },
        ],
        sources: [
          { connector: 'file', path: join(cwd, 'mentions.jsonl'), brands: ['acme'] },
          { connector: 'push', name: 'shop', secret: 's'.repeat(32), brands: ['globex'] },
        ],
        bus: { driver: 'kafka', kafka: { brokers: kafka.brokers } },
      }
      writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
      const outcry = startOutcry(cwd, [], { DATABASE_URL: await database() })
      await outcry.printed('Ctrl-C stops')
      const url = /API\s+(http:\S+)\/docs/.exec(outcry.output())![1]!
      const token = readFileSync(join(cwd, '.outcry/admin-token'), 'utf8').trim()
      const ask = async (path: string, method = 'GET') => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
        const answer = await fetch(`${url}${path}`, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) })
        return { status: answer.status, body: await answer.text() }
      }
      const canary = async () => {
        const { body } = await ask('/metrics')
        return Number(/canary_last_seen_timestamp_seconds\{stage="detector"\} (\S+)/.exec(body)?.[1] ?? 0)
      }
      const issues = async () =>
        (JSON.parse((await ask('/api/v1/issues')).body) as { items: { id: string; state: string }[] }).items
      await vi.waitFor(async () => expect((await issues()).length).toBeGreaterThan(0), WAIT)
      expect((await ask('/readyz')).status).toBe(200)

      await kafka.kill()
      await vi.waitFor(async () => {
        const { status, body } = await ask('/readyz')
        expect(status).toBe(503)
        expect(body).toContain('The bus is unreachable')
      }, WAIT)
      const [issue] = await issues()
      const acknowledged = await ask(`/api/v1/issues/${issue!.id}/acknowledge`, 'POST')
      expect(acknowledged).toMatchObject({ status: 200, body: expect.stringContaining('"acknowledged"') as string })

      const backAt = Date.now() / 1_000
      await kafka.restart()
      await vi.waitFor(async () => expect((await ask('/readyz')).status).toBe(200), WAIT)
      await vi.waitFor(async () => expect(await canary()).toBeGreaterThan(backAt), WAIT)
      outcry.child.kill('SIGINT')
      expect(await outcry.exited()).toBe(0)
    },
    PATIENCE_MS,
  )
})
