import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { appendAlerts } from './alerts.ts'
import {
  type ClaimedDelivery,
  claimDeliveries,
  finishDelivery,
  nextDeliveryInMs,
  type PlannedDelivery,
  planDeliveries,
  redeliver,
  renewClaims,
  retryDelivery,
} from './deliveries.ts'
import { getDelivery, listDeliveries } from './deliveries-read.ts'
import { anAlert } from './rows-for-tests.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => void (await database.pool.query('TRUNCATE outcry.delivery')))

const aDelivery = (own: Partial<PlannedDelivery>): PlannedDelivery => ({
  id: 'd1',
  alertId: 'a1',
  issueId: 'issue',
  brand: 'acme',
  target: 'hook',
  dedupKey: 'issue',
  body: { hello: 1 },
  ...own,
})

const planFor = (alertIds: readonly string[], own: Partial<PlannedDelivery> = {}) =>
  database.pool.transaction(async (tx) => {
    await appendAlerts(
      tx,
      alertIds.map((id) => anAlert({ id })),
    )
    await planDeliveries(
      tx,
      alertIds.map((alertId) => aDelivery({ ...own, id: `d-${alertId}`, alertId })),
    )
  })

const claim = (limit = 10, leaseMs = 60_000) => claimDeliveries(database.pool, 'hook', limit, leaseMs)
const delivered = ({ id, attempt }: ClaimedDelivery) =>
  finishDelivery(database.pool, { id, attempt, state: 'delivered', status: 200 })

describe('deliveries', () => {
  it('stay claimed while the claim is renewed, by the one who has it', async () => {
    await planFor(['a'])
    const [lapsed] = await claim(10, 0)
    const [mine] = await claim(10, 0)
    await renewClaims(database.pool, [lapsed!], 60_000)
    expect(await nextDeliveryInMs(database.pool, 'hook')).toBe(0)
    await renewClaims(database.pool, [mine!], 60_000)
    expect(await claim()).toEqual([])
    await delivered(mine!)
    await renewClaims(database.pool, [mine!], 60_000)
    expect(await nextDeliveryInMs(database.pool, 'hook')).toBeNull()
  })

  it('reach a target one at a time for one issue, the oldest alert first', async () => {
    await planFor(['z-first', 'm-second', 'a-third'])
    const seen: string[] = []
    for (let claimed = await claim(); claimed.length; claimed = await claim()) {
      expect(claimed).toHaveLength(1)
      expect(await claim()).toEqual([])
      seen.push(claimed[0]!.alertId)
      expect(await delivered(claimed[0]!)).toBe(true)
    }
    expect(seen).toEqual(['z-first', 'm-second', 'a-third'])
  })

  it('are each claimed by one worker of many', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `many-${n}`)
    await database.pool.transaction((tx) =>
      planDeliveries(
        tx,
        ids.map((id) => aDelivery({ id, alertId: id, dedupKey: id })),
      ),
    )
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(5)))
    const claimed = claims.flat().map(({ id }) => id)
    expect(new Set(claimed).size).toBe(claimed.length)
  })

  it('never has two of one issue in flight, whatever workers do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('claim', 'finish', 'retry'), { maxLength: 20 }), async (steps) => {
        await database.pool.query('TRUNCATE outcry.delivery')
        await planFor(['p1', 'p2', 'p3'])
        await planFor(['q1', 'q2'], { dedupKey: 'other' })
        const flying: ClaimedDelivery[] = []
        for (const step of steps) {
          if (step === 'claim') flying.push(...(await claim(1)))
          const done = step === 'claim' ? undefined : flying.shift()
          if (done && step === 'finish') await delivered(done)
          if (done && step === 'retry') {
            await retryDelivery(database.pool, { id: done.id, attempt: done.attempt, afterMs: 0, error: 'refused' })
          }
          const keys = flying.map(({ dedupKey }) => dedupKey)
          expect(new Set(keys).size).toBe(keys.length)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('come back when a worker dies, and its late answer changes nothing', async () => {
    await planFor(['lost'])
    const [first] = await claim(1, 0)
    const [second] = await claim()
    expect(second).toMatchObject({ id: first!.id, attempt: 2 })
    expect(await finishDelivery(database.pool, { id: first!.id, attempt: 1, state: 'dead' })).toBe(false)
    expect(await delivered(second!)).toBe(true)
  })

  it('wait for their time after a failed try', async () => {
    await planFor(['later'])
    const [claimed] = await claim()
    await retryDelivery(database.pool, { id: claimed!.id, attempt: 1, afterMs: 60_000, status: 503, error: 'busy' })
    expect(await claim()).toEqual([])
    const waitMs = await nextDeliveryInMs(database.pool, 'hook')
    expect(waitMs).toBeGreaterThan(50_000)
    expect(waitMs).toBeLessThanOrEqual(60_000)
    expect(await nextDeliveryInMs(database.pool, 'other')).toBeNull()
  })

  it('behind one that waits are not announced as due', async () => {
    await planFor(['waits', 'behind'])
    const [claimed] = await claim()
    await retryDelivery(database.pool, { id: claimed!.id, attempt: 1, afterMs: 60_000, error: 'busy' })
    expect(await nextDeliveryInMs(database.pool, 'hook')).toBeGreaterThan(50_000)
  })

  it('keep their id when a person asks for them again', async () => {
    await planFor(['again'])
    const [claimed] = await claim()
    await finishDelivery(database.pool, { id: claimed!.id, attempt: 1, state: 'dead', status: 410, error: 'gone' })
    expect(await getDelivery(database.pool, 'd-again')).toMatchObject({
      state: 'dead',
      lastStatus: 410,
      lastError: 'gone',
    })
    expect(await redeliver(database.pool, 'd-again')).toBe(true)
    expect(await claim()).toMatchObject([{ id: 'd-again', attempt: 1, body: { hello: 1 } }])
    expect(await redeliver(database.pool, 'nobody')).toBe(false)
  })

  it('are planned once', async () => {
    await planFor(['once'])
    await planFor(['once'])
    expect(await listDeliveries(database.pool, {}, null, 10)).toHaveLength(1)
  })

  it('are listed page by page, each once', async () => {
    const ids = Array.from({ length: 7 }, (_, n) => `page-${n}`)
    await planFor(ids)
    const seen: string[] = []
    for (let after: { id: string } | null = null; ;) {
      const page = await listDeliveries(database.pool, { brands: ['acme'], states: ['pending'] }, after, 3)
      if (!page.length) break
      seen.push(...page.map(({ alertId }) => alertId))
      after = { id: page.at(-1)!.id }
    }
    expect(seen.sort()).toEqual(ids)
  })
})
