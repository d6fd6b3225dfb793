import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createReceiver } from '../test/receiver.ts'
import { issueEvent, tell } from '../test/setting.ts'

const SCRIPT = fileURLToPath(new URL('../test/alerter-process.ts', import.meta.url))
const ISSUES = 20
const KILLS = 2
const WAIT = { timeout: 60_000, interval: 100 }

let database: TestDatabase
let child: ChildProcess | undefined
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await database.drop()
})

it('SIGKILLed while one target is dead, one throttles and one is slow, it tells each everything under one id', async () => {
  const [well, slow, throttling, dead] = await Promise.all([
    createReceiver(),
    createReceiver(),
    createReceiver(),
    createReceiver(),
  ])
  slow.always.delayMs = 50
  Object.assign(throttling.always, { status: 429, retryAfter: '1' })
  dead.always.status = 500
  const all = [well, slow, throttling, dead]
  const start = async () => {
    const started = spawn(process.execPath, [SCRIPT, database.url, '2000', ...all.map(({ url }) => url)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    await once(started.stdout, 'data')
    return started
  }
  const idsAt = ({ received }: typeof well) => new Set(received.map((webhook) => webhook.id))
  const waiting = async () => {
    const { rows } = await database.pool.query<{ target: string; n: number }>(
      `SELECT target, count(*)::int AS n FROM outcry.delivery WHERE state = 'pending' GROUP BY target ORDER BY target`,
    )
    return rows.map(({ target, n }) => `${target}: ${n}`)
  }

  let running = await start()
  for (let kill = 1; kill <= KILLS; kill++) {
    const issues = Array.from({ length: ISSUES }, (_, index) => ({
      brand: `b${index % 5}`,
      issueId: `${kill}-${index}`,
    }))
    const before = well.received.length
    await tell(
      database.pool,
      issues.map((issue) => issueEvent(issue)),
    )
    // In the middle: some are out, most are not.
    await vi.waitFor(() => expect(well.received.length).toBeGreaterThan(before), { timeout: 60_000, interval: 1 })
    running.kill('SIGKILL')
    await once(running, 'exit')
    running = await start()
  }
  const told = KILLS * ISSUES
  await vi.waitFor(() => expect([well, slow].map((one) => idsAt(one).size)).toEqual([told, told]), WAIT)
  await vi.waitFor(async () => expect(await waiting()).toEqual([`target-2: ${told}`, `target-3: ${told}`]), WAIT)
  Object.assign(throttling.always, { status: 202, retryAfter: '' })
  await vi.waitFor(async () => expect(await waiting()).toEqual([`target-3: ${told}`]), WAIT)

  // Whatever was said, was said under the one id that is stored, and to the sound ones all of it.
  const { rows } = await database.pool.query<{ target: string; id: string }>('SELECT target, id FROM outcry.delivery')
  const storedFor = (index: number) => rows.filter(({ target }) => target === `target-${index}`).map(({ id }) => id)
  for (const [index, receiver] of [well, slow, throttling].entries())
    expect([...idsAt(receiver)].toSorted()).toEqual(storedFor(index).toSorted())
  expect([...idsAt(dead)].filter((id) => !storedFor(3).includes(id))).toEqual([])
  await Promise.all(all.map((one) => one.close()))
}, 240_000)
