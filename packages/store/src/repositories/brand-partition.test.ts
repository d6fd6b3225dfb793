import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { partitionOfBrands } from './brand-partition.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

describe('partitions of brands', () => {
  it('spread evenly and never move, however many partitions there are later', async () => {
    const brands = Array.from({ length: 12 }, (_, n) => `brand-${n}`)
    const first = await partitionOfBrands(database.pool, brands, 4)
    const loads = [0, 1, 2, 3].map((partition) => [...first.values()].filter((each) => each === partition).length)
    expect(loads).toEqual([3, 3, 3, 3])
    const later = await partitionOfBrands(database.pool, [...brands, 'newcomer'], 8)
    expect(brands.map((brand) => later.get(brand))).toEqual(brands.map((brand) => first.get(brand)))
    expect(later.get('newcomer')).toBe(4)
    expect(await partitionOfBrands(database.pool, brands, 1)).toEqual(first)
  })

  it('are the same for every process that asks at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => partitionOfBrands(database.pool, ['x', 'y', 'z'], 8)),
    )
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })
})
