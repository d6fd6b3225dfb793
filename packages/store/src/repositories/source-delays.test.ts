import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Mention } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { upsertMentions } from './mentions.ts'
import { aMention } from './rows-for-tests.ts'
import { sourceDelays } from './source-delays.ts'

const AT = 1_700_000_000_000
const HOUR_MS = 3_600_000

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(() => database.pool.query('TRUNCATE outcry.mention'))

const store = (mention: Mention, brand = 'acme') =>
  upsertMentions(database.pool, [{ brand, mention, complaint: 0.9, lang: 'en', clusterId: null, issueId: null }])
const late = (id: string, source: string, delayMs: number, own: Partial<Mention> = {}) =>
  aMention({ id, source, createdAt: AT - delayMs, observedAt: AT, eventTime: AT, ...own })
const measured = (...ids: string[]) => sourceDelays(database.pool, 'acme', ids)

describe('delays by source', () => {
  it('are the median from writing to first reading, though a slow source counts from the first sighting', async () => {
    for (const [n, delayMs] of [1_000, 2_000, 90_000].entries()) await store(late(`b${n}`, 'bluesky', delayMs))
    await store(late('r1', 'reviews', 3 * HOUR_MS))
    expect(await measured('b0', 'b1', 'b2', 'r1')).toEqual([
      { source: 'bluesky', posts: 3, medianMs: 2_000 },
      { source: 'reviews', posts: 1, medianMs: 3 * HOUR_MS },
    ])
    expect(await measured('b2', 'gone')).toEqual([{ source: 'bluesky', posts: 1, medianMs: 90_000 }])
  })

  it('leave out edits, posts without a time of writing and other brands; a post from the future is not late', async () => {
    await store(late('edited', 'bluesky', HOUR_MS, { op: 'update', rev: '2' }))
    await store(aMention({ id: 'timeless', source: 'support' }))
    await store(late('theirs', 'bluesky', HOUR_MS), 'globex')
    expect(await measured('edited', 'timeless', 'theirs')).toEqual([])
    await store(late('early', 'bluesky', -HOUR_MS))
    expect(await measured('early')).toEqual([{ source: 'bluesky', posts: 1, medianMs: 0 }])
    expect(await measured()).toEqual([])
  })

  it('name at most 12 sources', async () => {
    const ids = Array.from({ length: 15 }, (_, n) => `s${n}`)
    for (const id of ids) await store(late(id, id, 1_000))
    expect(await measured(...ids)).toHaveLength(12)
  })

  it('are the same in whatever order the posts arrived and are asked for, and lie within what was measured', async () => {
    const post = fc.record({
      source: fc.constantFrom('bluesky', 'reviews', 'support'),
      delayMs: fc.integer({ min: 0, max: 9 * HOUR_MS }),
    })
    const posts = fc
      .array(post, { minLength: 1, maxLength: 12 })
      .map((all) => all.map((one, n) => ({ ...one, id: `p${n}` })))
    const orders = posts.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, { minLength: all.length }),
        fc.shuffledSubarray(all, { minLength: all.length }),
      ),
    )
    await fc.assert(
      fc.asyncProperty(orders, async ([all, arrival, asked]) => {
        const results = []
        for (const order of [all, arrival]) {
          await database.pool.query('TRUNCATE outcry.mention')
          for (const { id, source, delayMs } of order) await store(late(id, source, delayMs))
          results.push(await measured(...asked.map(({ id }) => id)))
        }
        expect(results[1]).toEqual(results[0])
        expect(results[0]!.reduce((sum, { posts: counted }) => sum + counted, 0)).toBe(all.length)
        for (const { source, medianMs } of results[0]!) {
          const delays = all.filter((one) => one.source === source).map(({ delayMs }) => delayMs)
          expect(delays).toContain(medianMs)
          expect(2 * delays.filter((delayMs) => delayMs <= medianMs).length).toBeGreaterThanOrEqual(delays.length)
          expect(2 * delays.filter((delayMs) => delayMs >= medianMs).length).toBeGreaterThanOrEqual(delays.length)
        }
      }),
      { numRuns: 15 },
    )
  })
})
