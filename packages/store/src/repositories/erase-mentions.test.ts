import { createTestDatabase, lockWaits, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockBrandAlerting } from './alerting-state.ts'
import { appendAlerts } from './alerts.ts'
import { appendCommand } from './commands.ts'
import { planDeliveries } from './deliveries.ts'
import { eraseMentions, traceMentions } from './erase-mentions.ts'
import { beginIdempotent, finishIdempotent } from './idempotency.ts'
import { anAlert } from './rows-for-tests.ts'
import { appendTimeline } from './timeline.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const ISSUE = { issueId: 'old', brand: 'acme' }
const plan = (id: string) => ({ ...ISSUE, id, alertId: 'alert', target: 'pager', dedupKey: 'outcry:old', body: {} })

it('finds what no row leads to any more, keeps what others said, and names the messages that left', async () => {
  const mentionIds = ['gone "quoted"', 'kept']
  const exemplars = mentionIds.map((mentionId) => ({ mentionId, excerpt: `words of ${mentionId}` }))
  await database.pool.transaction(async (tx) => {
    await appendAlerts(tx, [anAlert({ ...ISSUE, id: 'alert', mentionIds })])
    await planDeliveries(tx, ['taken', 'tried', 'waiting', 'foreign'].map(plan))
    await tx.query(`UPDATE outcry.delivery SET state = 'delivered', finished_at = to_timestamp(5) WHERE id = 'taken'`)
    await tx.query(`UPDATE outcry.delivery SET attempts = 1 WHERE id = 'tried'`)
    await tx.query(`UPDATE outcry.delivery SET state = 'delivered', issue_id = 'other' WHERE id = 'foreign'`)
    await appendTimeline(tx, [{ ...ISSUE, id: 't', atMs: 1, kind: 'split', actor: 'mira', body: { mentionIds } }])
    await appendCommand(tx, {
      ...ISSUE,
      id: 'c',
      actor: 'mira',
      command: { type: 'remove', issueId: 'old', mentionIds },
    })
    for (const [at, exemplar] of exemplars.entries()) {
      const key = { tokenName: 'mira', key: `k${at}` }
      await beginIdempotent(tx, { ...key, requestHash: Buffer.alloc(32) })
      await finishIdempotent(tx, { ...key, status: 200, response: JSON.stringify({ exemplars: [exemplar] }) })
    }
  })

  const gone = ['gone "quoted"']
  const { rows, sent } = await traceMentions(database.pool, gone)
  expect(rows).toMatchObject({ alert: 1, timeline: 1, command: 1, idempotency: 1, mention: 0, issue: 0 })
  const known = { target: 'pager', brand: 'acme', issueId: 'old', dedupKey: 'outcry:old' }
  expect(sent.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
    { ...known, id: 'taken', sentAtMs: 5_000 },
    { ...known, id: 'tried', sentAtMs: null },
  ])
  await eraseMentions(database.pool, gone)
  const left = await Promise.all(
    ['alert', 'timeline', 'command', 'idempotency'].map(async (table) => {
      const { rows: found } = await database.pool.query<{ text: string }>(
        `SELECT t::text AS text FROM outcry.${table} t`,
      )
      return found.map(({ text }) => text).join()
    }),
  )
  expect(left.map((text) => [text.includes('gone'), text.includes('kept')])).toEqual(left.map(() => [false, true]))
  const again = await traceMentions(database.pool, gone)
  expect([again.sent, new Set(Object.values(again.rows))]).toEqual([[], new Set([0])])
})

it('erases what a decision under way writes down, while other brands decide', async () => {
  const { pool } = database
  const gone = ['late']
  const alertOf = (id: string) => anAlert({ id, issueId: 'i', brand: 'zeta', mentionIds: gone })
  await appendAlerts(pool, [alertOf('before')])
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await pool.transaction((tx) => lockBrandAlerting(tx, 'acme'))
  const underWay = pool.transaction(async (tx) => {
    await lockBrandAlerting(tx, 'zeta')
    await appendAlerts(tx, [alertOf('meanwhile')])
    begun.resolve()
    await end.promise
  })
  await begun.promise
  const erasing = eraseMentions(pool, gone)
  await expect.poll(() => lockWaits(pool), { timeout: 20_000 }).toBe(1)
  await pool.transaction(async (tx) => {
    await tx.query(`SET LOCAL lock_timeout = '1s'`)
    await lockBrandAlerting(tx, 'acme')
  })
  end.resolve()
  await Promise.all([underWay, erasing])
  expect((await traceMentions(pool, gone)).rows).toMatchObject({ alert: 0 })
})
