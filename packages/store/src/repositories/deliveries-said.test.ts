import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { saidLast } from './deliveries-said.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => void (await database.pool.query('TRUNCATE outcry.delivery, outcry.issue')))

const addIssue = (id: string, state: string, changedDaysAgo = 0) =>
  database.pool.query(
    `INSERT INTO outcry.issue (id, brand, state, severity, label, since_ms, opened_at_ms, updated_at_ms, changed_at, body)
     VALUES ($1, 'acme', $2, 'major', 'x', 0, 0, 0, now() - $3 * interval '1 day', '{}')`,
    [id, state, changedDaysAgo],
  )

const addDelivery = (own: {
  id: string
  issueId: string
  seq: number
  state?: string
  action?: string
  agoMs?: number
  target?: string
  attempts?: number
}) =>
  database.pool.query(
    `INSERT INTO outcry.delivery
       (id, alert_id, alert_seq, issue_id, brand, target, dedup_key, state, finished_at, body, attempts)
     VALUES ($1, $1, $2, $3, 'acme', $4, $5, $6, now() - $7 * interval '1 ms', jsonb_build_object('action', $8::text), $9)`,
    [
      own.id,
      own.seq,
      own.issueId,
      own.target ?? 'am',
      own.issueId === '' ? 'source' : own.issueId,
      own.state ?? 'delivered',
      own.agoMs ?? 0,
      own.action ?? 'trigger',
      own.attempts ?? 0,
    ],
  )

const said = async () => {
  const rows = await saidLast(database.pool, 'am', { ends: 'resolve', endedWithinMs: 60_000 })
  return rows.map(({ id }) => id)
}

describe('what a target took last', () => {
  it('is the newest message of each open issue that was delivered to it', async () => {
    await addIssue('i1', 'open')
    await addIssue('i2', 'acknowledged')
    await addIssue('i3', 'open')
    await addDelivery({ id: 'a', issueId: 'i1', seq: 1 })
    await addDelivery({ id: 'b', issueId: 'i1', seq: 2 })
    await addDelivery({ id: 'c', issueId: 'i1', seq: 3, state: 'pending' })
    await addDelivery({ id: 'd', issueId: 'i2', seq: 4, action: 'acknowledge', agoMs: 1e9 })
    await addDelivery({ id: 'e', issueId: 'i3', seq: 5, target: 'other' })
    expect(await said()).toEqual(['b', 'd'])
  })

  it('is left unsaid while a newer message was tried, which the target may have taken', async () => {
    await addIssue('i1', 'resolved')
    await addDelivery({ id: 'a', issueId: 'i1', seq: 1 })
    await addDelivery({ id: 'b', issueId: 'i1', seq: 2, action: 'resolve', state: 'pending', attempts: 1 })
    await addDelivery({ id: 'c', issueId: '', seq: 0 })
    expect(await said()).toEqual(['c'])
  })

  it('is said for a while where it ended, and no longer', async () => {
    await addIssue('i1', 'resolved')
    await addIssue('i2', 'merged')
    await addIssue('i3', 'resolved', 10)
    await addDelivery({ id: 'a', issueId: 'i1', seq: 1, action: 'resolve', agoMs: 30_000 })
    await addDelivery({ id: 'b', issueId: 'i2', seq: 2, action: 'resolve', agoMs: 90_000 })
    await addDelivery({ id: 'c', issueId: 'i3', seq: 3 })
    expect(await said()).toEqual(['a'])
  })

  it('is the newest of each source, too', async () => {
    await addDelivery({ id: 'a', issueId: '', seq: 0, agoMs: 5_000 })
    expect(await said()).toEqual(['a'])
    await addDelivery({ id: 'b', issueId: '', seq: 0, action: 'resolve', agoMs: 90_000 })
    expect(await said()).toEqual(['a'])
    await addDelivery({ id: 'c', issueId: '', seq: 0, action: 'resolve', agoMs: 1_000 })
    expect(await said()).toEqual(['c'])
  })
})
