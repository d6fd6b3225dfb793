import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { partitionOfBrands } from './brand-partition.ts'
import { logGapsSince, recordLogGap } from './log-gaps.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

describe('gaps of the log', () => {
  it('are summed by partition, with the brands that live there, and leave the view with their age', async () => {
    const { pool } = database
    await partitionOfBrands(pool, ['acme'], 1)
    const gap = { topic: 'mentions', partition: 0, wanted: 5, first: 25, lost: 20, replaced: false, atMs: 1_000 }
    await recordLogGap(pool, gap)
    await recordLogGap(pool, { ...gap, wanted: 90, first: 0, lost: 0, replaced: true, atMs: 3_000 })
    await recordLogGap(pool, { ...gap, partition: 3, atMs: 2_000 })
    await recordLogGap(pool, { ...gap, topic: 'alerts' })
    expect(await logGapsSince(pool, 'mentions', 999)).toEqual([
      { partition: 0, gaps: 2, lost: 20, replaced: true, firstAtMs: 1_000, lastAtMs: 3_000, brands: ['acme'] },
      { partition: 3, gaps: 1, lost: 20, replaced: false, firstAtMs: 2_000, lastAtMs: 2_000, brands: [] },
    ])
    expect((await logGapsSince(pool, 'mentions', 2_000)).map(({ partition }) => partition)).toEqual([0])
  })
})
