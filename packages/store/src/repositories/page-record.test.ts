import { DAY_MS, WEEK_MS } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lockBrandAlerting, saveBrandAlerting, saveIssue } from './alerting-state.ts'
import { appendAlerts } from './alerts.ts'
import { listIssues } from './issues-read.ts'
import { heldIssues, pageRecords, readBrandAlerting } from './page-record.ts'
import { anAlert, anIssue } from './rows-for-tests.ts'

const NOW = 1_800_000_000_000
const HELD =
  'held: 1 of 3 pages this week is left and kept for graver or surer issues; this one pages if it becomes major'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(() =>
  database.pool.query('TRUNCATE outcry.issue, outcry.alert, outcry.brand_alerting, outcry.brand_partition'),
)

const store = (id: string, body: object, own: Parameters<typeof anIssue>[0] = {}) =>
  saveIssue(database.pool, anIssue({ id, updatedAtMs: NOW, body, ...own }))
const paged = (id: string, daysAgo: number, own: Parameters<typeof anAlert>[0] = {}) =>
  database.pool.transaction(async (tx) => {
    await appendAlerts(tx, [anAlert({ id, ...own })])
    await tx.query('UPDATE outcry.alert SET stored_at = to_timestamp($2 / 1000.0) WHERE id = $1', [
      id,
      NOW - daysAgo * DAY_MS,
    ])
  })
const recordOf = async (brand = 'acme') => (await pageRecords(database.pool, [brand], NOW)).get(brand)!

describe('the record of a brand’s pages', () => {
  it('counts the pages of each week, crises apart, and nothing else', async () => {
    await paged('a', 1)
    await paged('b', 6, { kind: 'escalated', severity: 'crisis' })
    await paged('c', 8)
    await paged('d', 29)
    await paged('e', 1, { page: false })
    await paged('f', 1, { kind: 'updated' })
    await paged('g', 1, { brand: 'other' })
    expect((await recordOf()).weeks).toEqual([
      { pages: 2, crises: 1 },
      { pages: 1, crises: 0 },
      { pages: 0, crises: 0 },
      { pages: 0, crises: 0 },
    ])
  })

  it('tells for how many of these weeks the brand was watched', async () => {
    expect((await recordOf()).weeksWatched).toBe(4)
    await database.pool.query(
      `INSERT INTO outcry.brand_partition (brand, partition, created_at) VALUES ('acme', 0, to_timestamp($1 / 1000.0))`,
      [NOW - 2 * WEEK_MS],
    )
    expect((await recordOf()).weeksWatched).toBe(2)
  })

  it('takes from paged issues that people closed how many they dismissed', async () => {
    const closed = (reason: string, daysAgo = 1) => ({
      pagedAs: 'major',
      pageReason: 'paged: …',
      closed: { by: 'kim', at: NOW - daysAgo * DAY_MS, reason },
    })
    await store('resolved', closed('person'), { state: 'resolved' })
    await store('dismissed', closed('a meme'), { state: 'dismissed' })
    await store('by itself', closed('calm'), { state: 'resolved' })
    await store('merged', closed('merged'), { state: 'merged' })
    await store('long ago', closed('a meme', 29), { state: 'dismissed' })
    await store('never paged', { ...closed('a meme'), pagedAs: null }, { state: 'dismissed' })
    await store('still open', { pagedAs: 'major', pageReason: 'paged: …' })
    expect(await recordOf()).toMatchObject({ closed: 2, dismissed: 1 })
  })

  it('counts held issues that nobody took, and lists all, the most worth first, then those of the last days', async () => {
    const held = { pagedAs: null, pageReason: HELD }
    await store('small', { ...held, worth: 1.4 })
    await store('older release', held)
    await store('great', { ...held, worth: 2.2 }, { state: 'acknowledged' })
    await store('over', { ...held, worth: 4.4 }, { state: 'resolved' })
    await store('long over', { ...held, worth: 4.4 }, { state: 'resolved', updatedAtMs: NOW - 9 * DAY_MS })
    await store('paged', { pagedAs: 'incident', pageReason: 'paged: …', worth: 2 })
    expect((await recordOf()).held).toBe(2)
    const ids = async (limit: number) =>
      (await heldIssues(database.pool, 'acme', NOW - WEEK_MS, limit)).map(({ id }) => id)
    expect(await ids(10)).toEqual(['great', 'small', 'older release', 'over'])
    expect(await ids(1)).toEqual(['great'])
    const listed = await listIssues(database.pool, { pages: ['paged'] }, null, 10)
    expect(listed.map(({ id }) => id)).toEqual(['paged'])
  })
})

it('reads what the alerter keeps of brands', async () => {
  await database.pool.transaction(async (tx) => {
    await lockBrandAlerting(tx, 'acme')
    await saveBrandAlerting(tx, { brand: 'acme', eventSeq: 1, body: { pages: [] } })
  })
  expect(await readBrandAlerting(database.pool, ['acme', 'other'])).toEqual(new Map([['acme', { pages: [] }]]))
})
