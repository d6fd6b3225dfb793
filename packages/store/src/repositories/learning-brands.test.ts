import { DAY_MS, MINUTE_MS } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { learningBrands } from './learning-brands.ts'
import { upsertMentions } from './mentions.ts'
import { aMention } from './rows-for-tests.ts'

const NOW = 1_800_000_000_000
let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const place = (brand: string, daysAgo: number) =>
  database.pool.query(
    'INSERT INTO outcry.brand_partition (brand, partition, created_at) VALUES ($1, 0, to_timestamp($2 / 1000.0))',
    [brand, NOW - daysAgo * DAY_MS],
  )
const mention = (brand: string, minutesAgo: number, own: { byBrand?: boolean } = {}) =>
  upsertMentions(database.pool, [
    {
      brand,
      mention: aMention({ id: `${brand}-${minutesAgo}`, eventTime: NOW - minutesAgo * MINUTE_MS, ...own }),
      complaint: 0.9,
      lang: 'en',
      clusterId: null,
      issueId: null,
    },
  ])

test('a brand learns from the first mention of somebody else on, for a while', async () => {
  await place('first', 1)
  await mention('first', 90, { byBrand: true })
  await mention('first', 10)
  await mention('first', 2)
  await place('waiting', 1)
  await mention('waiting', 3, { byBrand: true })
  await place('known', 1)
  await mention('known', 36)
  await mention('known', 1)
  await place('silent for long', 31)
  const brands = ['first', 'waiting', 'known', 'silent for long', 'never ran']
  const learning = await learningBrands(database.pool, brands, {
    nowMs: NOW,
    learnsForMs: 36 * MINUTE_MS,
    keptMs: 30 * DAY_MS,
  })
  expect([...learning].toSorted(([one], [other]) => one.localeCompare(other))).toEqual([
    ['first', NOW + 26 * MINUTE_MS],
    ['never ran', null],
    ['waiting', null],
  ])
})
