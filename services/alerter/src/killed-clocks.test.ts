import { randomInt } from 'node:crypto'
import { upsertMentions } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clockedConfig, LASTS_MS, REMIND_BEFORE_MS } from '../test/clocked-config.ts'
import { clockedIssues, complaintsOf, OPENING, openingOf, slip, workOn } from '../test/clocked-issues.ts'
import { BACK_AT, JUMP_AT, messageText, type Said, storyOf, textOf } from '../test/clocked-story.ts'
import { killable } from '../test/killable.ts'
import { createReceiver } from '../test/receiver.ts'
import { tell } from '../test/setting.ts'

const ISSUES = 1_000
const PATIENCE = { timeout: 120_000, interval: 50 }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
// After that hook, so that it kills before the database is dropped.
const alerters = killable(new URL('../test/clocked-alerter-process.ts', import.meta.url))

it('SIGKILLed at random times while all six clocks go by in 1,000 issues, it says each reminder and alarm once and on time', async () => {
  const receiver = await createReceiver()
  const issues = clockedIssues(ISSUES)
  const expected = issues.flatMap(storyOf)
  let nowMs = OPENING.even
  const begin = () => alerters.start(database.url, receiver.url, String(nowMs))
  let child = await begin()
  const restart = async () => {
    await alerters.kill(child)
    child = await begin()
  }
  const setTime = (ms: number) => {
    nowMs = ms
    child.stdin.write(`${ms}\n`)
  }
  const count = async (sql: string, values: (string | number)[]): Promise<number> =>
    (await database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, values)).rows[0]!.n
  /** Waits until a count has grown to so many, with a kill at a random time on the way. */
  const until = async (all: number, counted: () => Promise<number>) => {
    const enough = randomInt(all)
    await vi.waitFor(async () => expect(await counted()).toBeGreaterThanOrEqual(enough), PATIENCE)
    await restart()
    await vi.waitFor(async () => expect(await counted()).toBe(all), PATIENCE)
  }
  const saidNow = (reason: string) =>
    until(expected.filter((said) => said.reason === reason && said.at === nowMs).length, () =>
      count(`outcry.alert WHERE body->>'reason' = $1 AND at_ms = $2`, [reason, nowMs]),
    )
  const open = async (opens: keyof typeof OPENING) => {
    const some = issues.filter((issue) => issue.opens === opens)
    // The time goes on while it is down, so that no look of an earlier time meets an issue of a later one.
    nowMs = OPENING[opens]
    await restart()
    await upsertMentions(database.pool, some.flatMap(complaintsOf))
    await tell(database.pool, some.map(openingOf))
    await saidNow('burst')
    const config = clockedConfig(receiver.url)
    await Promise.all([restart(), ...some.map((issue) => workOn(database.pool, config, issue))])
  }

  await open('even')
  await open('odd')
  for (const opens of ['even', 'odd'] as const) {
    setTime(OPENING[opens] + LASTS_MS - REMIND_BEFORE_MS)
    await saidNow('due')
  }
  for (const issue of issues.filter(({ slips }) => slips)) await slip(database.pool, issue, nowMs)
  setTime(OPENING.even + LASTS_MS)
  await saidNow('overdue')
  setTime(BACK_AT)
  const begun = issues.filter(({ opens }) => opens !== 'late').length
  await until(begun, () => count(`outcry.issue WHERE (body#>>'{clocks,resolve,startedAt}')::bigint = $1`, [BACK_AT]))
  setTime(BACK_AT + LASTS_MS)
  await saidNow('overdue')
  setTime(OPENING.odd + LASTS_MS)
  await saidNow('overdue')
  await open('late')
  setTime(JUMP_AT)
  await saidNow('overdue')

  await vi.waitFor(async () => expect(await count(`outcry.delivery WHERE state = 'pending'`, [])).toBe(0), PATIENCE)
  const texts = expected.map(textOf).toSorted()
  const alerts = await database.pool.query<{ body: Said }>('SELECT body FROM outcry.alert')
  expect(alerts.rows.map(({ body }) => textOf(body)).toSorted()).toEqual(texts)
  const deliveries = await database.pool.query<{ id: string; body: Said }>(
    'SELECT delivery.id, alert.body FROM outcry.delivery JOIN outcry.alert ON alert.id = delivery.alert_id',
  )
  expect(deliveries.rows.map(({ body }) => textOf(body)).toSorted()).toEqual(texts)
  const heard = new Map(receiver.received.map(({ id, body }) => [id, body]))
  for (const { id, body } of receiver.received) expect(body).toEqual(heard.get(id))
  const byId = (entries: [string, string][]) => entries.toSorted(([one], [other]) => (one < other ? -1 : 1))
  expect(byId([...heard].map(([id, { data }]) => [id, messageText(data)]))).toEqual(
    byId(deliveries.rows.map(({ id, body }) => [id, textOf(body)])),
  )
  await receiver.close()
}, 600_000)
