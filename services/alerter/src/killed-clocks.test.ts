import { randomInt } from 'node:crypto'
import { HOUR_MS, MINUTE_MS, type Statement } from '@outcry/contracts'
import { addStatement } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { killable } from '../test/killable.ts'
import { createReceiver } from '../test/receiver.ts'
import { issueEvent, tell } from '../test/setting.ts'

const ISSUES = 1_000
const BRANDS = 10
/** Of each part of a thousand issues, so many kills at random times. */
const KILLS = 2
const PATIENCE = { timeout: 60_000, interval: 25 }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
// After that hook, so that it kills before the database is dropped.
const alerters = killable(new URL('../test/clocked-alerter-process.ts', import.meta.url))

it('SIGKILLed at random times while 1,000 issues are due, it loses no reminder and no alarm and doubles none', async () => {
  const receiver = await createReceiver()
  let aheadMs = 0
  const begin = () => alerters.start(database.url, receiver.url, String(aheadMs))
  let child = await begin()
  const setTime = (ms: number) => {
    aheadMs = ms
    child.stdin.write(`${ms}\n`)
  }
  const count = async (sql: string): Promise<number> =>
    (await database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM outcry.alert WHERE ${sql}`)).rows[0]!.n
  /** Waits until so many alerts are decided, with kills on the way. */
  const until = async (all: number, sql: string) => {
    for (let kill = 0; kill < KILLS; kill++) {
      const enough = randomInt(all)
      await vi.waitFor(async () => expect(await count(sql)).toBeGreaterThanOrEqual(enough), PATIENCE)
      await alerters.kill(child)
      child = await begin()
    }
    await vi.waitFor(async () => expect(await count(sql)).toBe(all), PATIENCE)
  }
  const publish = async (issues: readonly number[], etaMs: number) => {
    const at = Date.now() + aheadMs
    for (const index of issues) await addStatement(database.pool, published(index, at, at + etaMs))
  }
  const about = (reason: string, name: string) => `body->>'reason' = '${reason}' AND body->'clock'->>'name' = '${name}'`
  const all = Array.from({ length: ISSUES }, (_, index) => index)

  const opened = all.map((index) => issueEvent({ brand: `b${index % BRANDS}`, issueId: `i${index}` }))
  await tell(database.pool, opened)
  await until(ISSUES, `body->>'reason' = 'burst'`)

  setTime(27 * MINUTE_MS)
  await until(ISSUES, about('due', 'first-statement'))
  setTime(20 * MINUTE_MS)
  const said = all.filter((index) => index % 2 === 0)
  await publish(said, HOUR_MS)
  setTime(33 * MINUTE_MS)
  await until(ISSUES - said.length, about('overdue', 'first-statement'))

  setTime(78 * MINUTE_MS)
  await until(said.length, about('due', 'eta'))
  const slipped = said.filter((index) => index % 4 === 0)
  await publish(slipped, HOUR_MS)
  setTime(90 * MINUTE_MS)
  await until(said.length - slipped.length, about('overdue', 'eta'))
  // The time jumps over reminder and alarm of what slipped: only the alarm is said.
  setTime(30 * HOUR_MS)
  await until(said.length, about('overdue', 'eta'))

  const pending = `SELECT count(*)::int AS n FROM outcry.delivery WHERE state = 'pending'`
  await vi.waitFor(async () => expect((await database.pool.query(pending)).rows).toEqual([{ n: 0 }]), PATIENCE)
  const expected = all.flatMap((index) => storyOf(index).map((one) => `i${index} ${one}`)).toSorted()
  const alerts = await database.pool.query<{ said: string }>(
    `SELECT concat_ws(' ', issue_id, body->>'reason', body->'clock'->>'name') AS said FROM outcry.alert`,
  )
  expect(alerts.rows.map((row) => row.said).toSorted()).toEqual(expected)
  const deliveries = await database.pool.query<{ id: string; said: string }>(
    `SELECT delivery.id, concat_ws(' ', alert.issue_id, alert.body->>'reason', alert.body->'clock'->>'name') AS said
     FROM outcry.delivery JOIN outcry.alert ON alert.id = delivery.alert_id`,
  )
  expect(deliveries.rows.map((row) => row.said).toSorted()).toEqual(expected)
  const heard = new Map(receiver.received.map(({ id, body }) => [id, body]))
  for (const { id, body } of receiver.received) expect(body).toEqual(heard.get(id))
  const byId = (entries: [string, string][]) => entries.toSorted(([one], [other]) => (one < other ? -1 : 1))
  expect(byId([...heard].map(([id, { data }]) => [id, saidIn(data)]))).toEqual(
    byId(deliveries.rows.map(({ id, said: text }) => [id, text])),
  )
  await receiver.close()
}, 240_000)

/** What is said of an issue, in this test's order of events. */
const storyOf = (index: number): string[] => {
  const begin = ['burst', 'due first-statement']
  return index % 2 === 0 ? [...begin, 'due eta', 'overdue eta'] : [...begin, 'overdue first-statement']
}

const saidIn = (data: Record<string, unknown>): string => {
  const clock = data['clock'] as { name: string } | null
  return [data['issueId'], data['reason'], ...(clock === null ? [] : [clock.name])].join(' ')
}

const published = (index: number, at: number, eta: number): Statement => ({
  id: `st-${index}-${eta}`,
  issueId: `i${index}`,
  brand: `b${index % BRANDS}`,
  kind: 'update',
  language: 'en',
  state: 'published',
  version: 1,
  facts: { eta },
  text: 'We are sorry. It is fixed by 14:00.',
  writtenBy: 'kim',
  approvedBy: 'kim',
  createdAt: at,
  updatedAt: at,
  publications: [{ channel: 'status page', at, by: 'kim' }],
})
