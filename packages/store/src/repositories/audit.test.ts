import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { type AuditEntry, type AuditFilter, DAY_MS } from '@outcry/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appendAudit, listAudit } from './audit.ts'
import { runRetention } from './retention.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(() =>
  database.pool.query("DELETE FROM outcry.audit WHERE set_config('outcry.audit_change', 'retention', true) <> ''"),
)

const NOW = 1_800_000_000_000
const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  requestId: 'r1',
  who: 'mira',
  via: 'token',
  credential: 'abcdef0123456789',
  address: '127.0.0.1',
  operation: 'acknowledgeIssue',
  route: 'POST /api/v1/issues/:id/acknowledge',
  brand: 'acme',
  issueId: 'i1',
  subject: null,
  status: 200,
  idempotencyKey: null,
  ...over,
})
const everything: AuditFilter = {
  scope: null,
  brands: [],
  who: [],
  operations: [],
  issueId: null,
  since: null,
  until: null,
}
const found = async (filter: Partial<AuditFilter> = {}) =>
  (await listAudit(database.pool, { ...everything, ...filter }, null, 100)).map(({ requestId }) => requestId)

describe('the audit log', () => {
  it.each([
    ['UPDATE', 'UPDATE outcry.audit SET status = 500'],
    ['DELETE', 'DELETE FROM outcry.audit'],
    ['TRUNCATE', 'TRUNCATE outcry.audit'],
    [
      'an erasure that changes what was done',
      "UPDATE outcry.audit SET operation = 'x' WHERE set_config('outcry.audit_change', 'erasure', true) <> ''",
    ],
    [
      'an erasure that deletes',
      "DELETE FROM outcry.audit WHERE set_config('outcry.audit_change', 'erasure', true) <> ''",
    ],
    [
      'retention that changes',
      "UPDATE outcry.audit SET who = 'x' WHERE set_config('outcry.audit_change', 'retention', true) <> ''",
    ],
  ])('is refused by the database: %s', async (_name, statement) => {
    await appendAudit(database.pool, entry(), NOW)
    await expect(database.pool.query(statement)).rejects.toThrow('only added')
    expect(await listAudit(database.pool, everything, null, 10)).toMatchObject([{ ...entry(), at: NOW }])
  })

  it('is gone with the transaction of the write that it tells of', async () => {
    const write = database.pool.transaction(async (tx) => {
      await appendAudit(tx, entry(), NOW)
      throw new Error('the write failed')
    })
    await expect(write).rejects.toThrow('the write failed')
    expect(await found()).toEqual([])
  })

  it('is read by who, operation, brand, issue and time, within the brands of the reader', async () => {
    await appendAudit(database.pool, entry({ requestId: 'r1' }), NOW)
    await appendAudit(database.pool, entry({ requestId: 'r2', who: 'kim', brand: 'globex', issueId: 'i2' }), NOW + 1)
    await appendAudit(
      database.pool,
      entry({ requestId: 'r3', operation: 'openSession', brand: null, issueId: null }),
      NOW + 2,
    )
    await appendAudit(database.pool, entry({ requestId: 'r4', brand: 'acme#drill-7' }), NOW + 3)
    expect(await found()).toEqual(['r4', 'r3', 'r2', 'r1'])
    expect(await found({ scope: ['acme'] })).toEqual(['r4', 'r1'])
    expect(await found({ scope: [] })).toEqual([])
    expect(await found({ who: ['kim'] })).toEqual(['r2'])
    expect(await found({ operations: ['openSession'] })).toEqual(['r3'])
    expect(await found({ brands: ['globex'] })).toEqual(['r2'])
    expect(await found({ issueId: 'i1' })).toEqual(['r4', 'r1'])
    expect(await found({ since: NOW + 1, until: NOW + 3 })).toEqual(['r3', 'r2'])
  })

  it('comes page by page, each row once, also those of one millisecond', async () => {
    for (let n = 0; n < 5; n++) await appendAudit(database.pool, entry({ requestId: `r${n}` }), NOW)
    const first = await listAudit(database.pool, everything, null, 2)
    const second = await listAudit(database.pool, everything, first[1]!, 2)
    const third = await listAudit(database.pool, everything, second[1]!, 2)
    expect([...first, ...second, ...third].map(({ requestId }) => requestId)).toEqual(['r4', 'r3', 'r2', 'r1', 'r0'])
  })

  it('is kept as long as retention.audit says', async () => {
    await appendAudit(database.pool, entry({ requestId: 'old' }), NOW - 366 * DAY_MS)
    await appendAudit(database.pool, entry({ requestId: 'young' }), NOW - 364 * DAY_MS)
    const keep = { mentions: 1, issues: 1, deliveries: 1, bus: 1, deadLetters: 1, audit: 365 }
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ audit: 1 })
    expect(await found()).toEqual(['young'])
  })

  it('takes text with U+0000, which no column does', async () => {
    await appendAudit(database.pool, entry({ who: 'mi\0ra', subject: '\0' }), NOW)
    expect(await listAudit(database.pool, everything, null, 1)).toMatchObject([{ who: 'mira', subject: '' }])
  })
})
