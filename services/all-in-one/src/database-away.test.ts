import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '@outcry/testkit'
import { expect, it, onTestFinished, vi } from 'vitest'
import { askOutcry } from '../test/asked-outcry.ts'
import { scratch } from '../test/run-command.ts'
import { startOutcry } from '../test/started-outcry.ts'

const WITHIN_A_MINUTE = { timeout: 60_000, interval: 250 }

it('tells people and probes that the database is gone or frozen, and goes on when it is back', async () => {
  const postgres = await startPostgres({ empty: true })
  onTestFinished(() => postgres.stop())
  const cwd = scratch()
  const config = {
    brands: [{ id: 'acme', terms: ['Acme'] }],
    sources: [{ connector: 'push', name: 'shop', secret: 's'.repeat(32) }],
  }
  writeFileSync(join(cwd, 'outcry.yaml'), JSON.stringify(config))
  const outcry = startOutcry(cwd, [], { DATABASE_URL: postgres.url })
  await outcry.printed('Ctrl-C stops')
  const { ask, sources, metric } = askOutcry(outcry, cwd)
  const isWell = async () => {
    expect((await ask('/readyz')).status).toBe(200)
    expect((await sources()).get('shop')?.state).toBe('live')
    expect(await metric('outcry_dependency_up{dependency="database"}')).toBe(1)
    expect(await metric('outcry_source_state{source="shop",state="blind"}')).toBe(0)
  }
  const isTold = async (reason: RegExp) => {
    const readyz = await ask('/readyz')
    expect(readyz.status).toBe(503)
    const { components } = JSON.parse(readyz.body) as { components: { name: string; ready: boolean; reason: string }[] }
    expect(components.find(({ name }) => name === 'database')).toMatchObject({ ready: false })
    expect(components.find(({ name }) => name === 'database')!.reason).toMatch(reason)
    expect(await metric('outcry_dependency_up{dependency="database"}')).toBe(0)
    expect(await metric('outcry_source_state{source="shop",state="blind"}')).toBe(1)
  }
  await vi.waitFor(isWell, WITHIN_A_MINUTE)

  await postgres.kill()
  for (const path of ['/api/v1/sources', '/api/v1/issues', '/api/v1/brands']) {
    const answer = await ask(path)
    expect(answer).toMatchObject({ status: 503, type: expect.stringContaining('application/problem+json') })
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'DATABASE_UNREACHABLE', status: 503 })
  }
  await vi.waitFor(() => isTold(/ECONNREFUSED|terminated|Connection/), WITHIN_A_MINUTE)
  await postgres.restart()
  await vi.waitFor(isWell, WITHIN_A_MINUTE)

  await postgres.freeze()
  const frozen = await ask('/api/v1/sources')
  expect([frozen.status, frozen.type]).toEqual([503, expect.stringContaining('application/problem+json')])
  await vi.waitFor(() => isTold(/no answer in|timeout/), WITHIN_A_MINUTE)
  await postgres.thaw()
  await vi.waitFor(isWell, WITHIN_A_MINUTE)

  outcry.child.kill('SIGINT')
  expect(await outcry.exited()).toBe(0)
}, 240_000)
