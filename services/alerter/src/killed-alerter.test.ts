import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { killable } from '../test/killable.ts'
import { createReceiver } from '../test/receiver.ts'
import { AT, issueEvent, tell } from '../test/setting.ts'

const ISSUES = 60
const KILLS = 4

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
// After that hook, so that it kills before the database is dropped.
const alerters = killable(new URL('../test/alerter-process.ts', import.meta.url))

it('SIGKILLed in the middle of its work, it loses no alert and sends none under a second id', async () => {
  const receiver = await createReceiver()
  const begin = () => alerters.start(database.url, '200', receiver.url)
  const events = Array.from({ length: ISSUES }, (_, index) => {
    const issue = { brand: `b${index % 5}`, issueId: `i${index}` }
    return [issueEvent(issue), issueEvent({ ...issue, kind: 'resolved', commandId: 'c', at: AT + 1 })]
  })
  let told = 0
  for (let kill = 1; kill <= KILLS; kill++) {
    const child = await begin()
    const upTo = Math.floor((ISSUES * kill) / KILLS)
    await tell(database.pool, events.slice(told, upTo).flat())
    told = upTo
    // In the middle: some of this part are out, most are not.
    const before = receiver.received.length
    await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThan(before), { timeout: 20_000, interval: 1 })
    await alerters.kill(child)
  }
  await begin()
  const pending = `SELECT count(*)::int AS n FROM outcry.delivery WHERE state = 'pending'`
  await vi.waitFor(
    async () => {
      expect((await database.pool.query(pending)).rows).toEqual([{ n: 0 }])
      expect(new Set(receiver.received.map((webhook) => webhook.id)).size).toBe(2 * ISSUES)
    },
    { timeout: 40_000, interval: 100 },
  )
  const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM outcry.delivery ORDER BY id')
  const seen = new Map(receiver.received.map((webhook) => [webhook.id, webhook.body]))
  expect([...seen.keys()].sort()).toEqual(rows.map((row) => row.id))
  for (const webhook of receiver.received) expect(webhook.body).toEqual(seen.get(webhook.id))
  const firstOf = (issueId: string) => receiver.received.find((webhook) => webhook.body.data['issueId'] === issueId)
  for (let index = 0; index < ISSUES; index++) expect(firstOf(`i${index}`)?.body.type).toBe('issue.opened')
  await receiver.close()
})
