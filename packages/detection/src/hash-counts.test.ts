import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HashCounts } from './hash-counts.ts'

const COLUMNS = 2
/** Many hashes that share their low bits: places are fought over. */
const hash = fc.oneof(
  fc.nat({ max: 60 }),
  fc.nat({ max: 60 }).map((high) => high * 1_024 + 7),
  fc.nat({ max: 60 }).map((high) => high * 2 ** 46 + 3),
)
const step = fc.record({ hash, by: fc.integer({ min: -2, max: 2 }), column: fc.nat({ max: COLUMNS - 1 }) })

describe('HashCounts', () => {
  it('counts as a map a column would, whatever comes to 0 again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const counts = new HashCounts(COLUMNS)
        const known = new Map<number, number[]>()
        for (const { hash, by, column } of steps) {
          const row = known.get(hash) ?? Array.from({ length: COLUMNS }, () => 0)
          row[column]! += by
          if (row.some((count) => count !== 0)) known.set(hash, row)
          else known.delete(hash)
          expect(counts.change(hash, by, column)).toBe(row[column])
          expect(counts.size).toBe(known.size)
        }
        for (const { hash } of steps)
          for (let column = 0; column < COLUMNS; column++)
            expect(counts.get(hash, column)).toBe(known.get(hash)?.[column] ?? 0)
        expect([...counts.sorted()]).toEqual([...known.keys()].sort((a, b) => a - b))
        counts.clear()
        expect(counts.size).toBe(0)
        expect(counts.get(steps[0]?.hash ?? 0)).toBe(0)
      }),
    )
  })
})
