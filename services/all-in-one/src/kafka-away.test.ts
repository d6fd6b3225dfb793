import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDatabase, kafkaAvailable, startKafka } from '@outcry/testkit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { madeCrisis } from '../test/made-crisis.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

const PATIENCE_MS = 240_000
const WAIT = { timeout: 90_000, interval: 250 }
const WITHIN_A_MINUTE = { timeout: 60_000, interval: 250 }

const database = async () => {
  const made = await createTestDatabase({ empty: true })
  onTestFinished(() => made.drop())
  return made.url
}

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
      const { ask, sources, issues, metric } = askOutcry(outcry, cwd)
      const canary = () => metric('outcry_canary_last_seen_timestamp_seconds{stage="detector"}')
      await vi.waitFor(async () => expect((await issues()).length).toBeGreaterThan(0), WAIT)
      expect((await ask('/readyz')).status).toBe(200)

      await kafka.kill()
      await vi.waitFor(async () => {
        const { status, body } = await ask('/readyz')
        expect(status).toBe(503)
        expect(body).toContain('The bus is unreachable')
      }, WAIT)
      await vi.waitFor(async () => {
        const shown = await sources()
        expect(shown.get('bus')).toMatchObject({ state: 'blind', reason: expect.stringContaining('unreachable') })
        expect(shown.get('shop')).toMatchObject({ state: 'blind' })
        expect(await metric('outcry_dependency_up{dependency="bus"}')).toBe(0)
        expect(await metric('outcry_source_state{source="shop",state="blind"}')).toBe(1)
      }, WITHIN_A_MINUTE)
      const [issue] = await issues()
      const acknowledged = await ask(`/api/v1/issues/${issue!.id}/acknowledge`, 'POST')
      expect(acknowledged).toMatchObject({ status: 200, body: expect.stringContaining('"acknowledged"') as string })

      const { id } = issue!
      const told = async (path: string, body: object) => (await ask(path, 'POST', body)).status
      const since = Date.now()
      expect(await told(`/api/v1/issues/${id}/announce`, { note: 'we know' })).toBe(200)
      const posts = JSON.parse((await ask(`/api/v1/issues/${id}/mentions?limit=1`)).body) as { items: { id: string }[] }
      expect(await told(`/api/v1/issues/${id}/split`, { mentionIds: posts.items.map((post) => post.id) })).toBe(202)
      const until = new Date(since + 3_600_000).toISOString()
      expect(await told('/api/v1/mutes', { issueId: id, reason: 'known', until })).toBe(201)
      // None waits for the bus, which stays away until it is started again below.
      expect(Date.now() - since).toBeLessThan(20_000)

      const backAt = Date.now() / 1_000
      await kafka.restart()
      await vi.waitFor(async () => expect((await ask('/readyz')).status).toBe(200), WAIT)
      await vi.waitFor(async () => expect(await canary()).toBeGreaterThan(backAt), WAIT)
      await vi.waitFor(async () => {
        const shown = await sources()
        expect(shown.get('bus')).toBeUndefined()
        expect(shown.get('shop')).toMatchObject({ state: 'live' })
      }, WAIT)
      expect(await metric('outcry_dependency_up{dependency="bus"}')).toBe(1)
      expect((await issues()).filter(({ state }) => state === 'resolved')).toEqual([])
      outcry.child.kill('SIGINT')
      expect(await outcry.exited()).toBe(0)
    },
    PATIENCE_MS,
  )
})
