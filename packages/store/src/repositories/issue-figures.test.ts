import { HOUR_MS, type Mention, MINUTE_MS } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { unansweredOf } from './complaints.ts'
import { issueFigures } from './issue-figures.ts'
import { upsertMentions } from './mentions.ts'
import { aMention } from './rows-for-tests.ts'

const NOW = 1_800_000_000_000

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(() => database.pool.query('TRUNCATE outcry.mention'))

type Said = Partial<Mention> & { id: string; issueId?: string }
const say = (...all: Said[]) =>
  upsertMentions(
    database.pool,
    all.map(({ issueId = 'i1', ...mention }) => ({
      brand: 'acme',
      mention: aMention({ eventTime: NOW - MINUTE_MS, ...mention }),
      complaint: 0.9,
      lang: 'en',
      clusterId: null,
      issueId,
    })),
  )

it('counts people once, what nobody signed as people of their own, reposts as reach, and the brand not at all', async () => {
  await say(
    { id: 'a1', author: { id: 'ann', followers: 100 }, source: 'one' },
    { id: 'a2', author: { id: 'ann', followers: 100 }, source: 'two' },
    { id: 'b1', author: { id: 'bob' }, source: 'one', eventTime: NOW - 90 * MINUTE_MS },
    { id: 'r1', author: { id: 'cem', followers: 50 }, repostOf: 'a1', source: 'three' },
    { id: 'own', author: { id: 'acme', followers: 9_000 }, byBrand: true, parentId: 'a1' },
    { id: 'else', author: { id: 'dan' }, issueId: 'i2', eventTime: NOW - HOUR_MS },
  )
  const figures = await issueFigures(database.pool, ['i1', 'i2', 'none'], NOW)
  expect([...figures]).toEqual([
    ['i1', { people: 2, posts: 3, reach: 254, lastHour: 1, hourBefore: 1, platforms: { one: 2, two: 1 } }],
    ['i2', { people: 1, posts: 1, reach: 1, lastHour: 0, hourBefore: 1, platforms: { file: 1 } }],
  ])
  const standing = (await unansweredOf(database.pool, ['i1'])).get('i1')!
  expect(standing.complaints).toBe(3)
  expect(standing.reachUnanswered).toBeLessThanOrEqual(figures.get('i1')!.reach)
})
