import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

/** So many that three kills fall in the middle, however fast the machine is. */
const MENTIONS = 24_000
const KILLS = 3
const WAIT = { timeout: 60_000, interval: 10 }

let fixture: Awaited<ReturnType<typeof createFixture>>
let child: ChildProcess | null = null
beforeAll(async () => {
  fixture = await createFixture()
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await fixture.close()
})

it('loses no mention and counts none twice when ingest is killed again and again in the middle', async () => {
  const lines = Array.from({ length: MENTIONS }, (_, n) => ({
    id: `m${n}`,
    text: n % 3 === 0 ? 'acme and globex are late' : 'acme is late',
    createdAt: Date.UTC(2026, 2, 1) + n,
  }))
  const source = await fixture.fileSource(lines)
  const count = async () => {
    const { rows } = await fixture.pool.query<{ count: number }>(
      `SELECT count(*) AS count FROM outcry.bus_record WHERE topic = 'mentions' AND key IS NOT NULL`,
    )
    return rows[0]!.count
  }

  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = await count()
    const script = fileURLToPath(new URL('killed-ingest.ts', import.meta.url))
    child = spawn(process.execPath, [script, fixture.url, JSON.stringify([source])], { stdio: 'inherit' })
    const died = once(child, 'exit')
    await vi.waitUntil(async () => (await count()) > before, WAIT)
    child.kill('SIGKILL')
    expect(await died).toEqual([null, 'SIGKILL'])
  }
  expect(await count()).toBeLessThan(MENTIONS * (4 / 3))

  await fixture.readAll(ingestOptions(fixture, [source]))
  const arrived = (await fixture.mentions()).map(({ brand, mention: { id, rev, op } }) => `${brand} ${id} ${rev} ${op}`)
  const expected = lines.flatMap(({ id }, n) => (n % 3 === 0 ? [`acme ${id}`, `globex ${id}`] : [`acme ${id}`]))
  const events = new Set(arrived)
  expect(events.size).toBe(expected.length)
  expect(new Set([...events].map((each) => each.split(' ').slice(0, 2).join(' ')))).toEqual(new Set(expected))
}, 240_000)
