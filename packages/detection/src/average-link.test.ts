import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { averageLink } from './average-link.ts'

const matrix = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    upper: fc.array(fc.double({ min: -0.2, max: 1, noNaN: true }), { minLength: count ** 2, maxLength: count ** 2 }),
    masses: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: count, maxLength: count }),
  }),
)
const symmetric = ({ count, upper }: { count: number; upper: readonly number[] }) =>
  Float32Array.from({ length: count ** 2 }, (_, at) => {
    const [one, other] = [Math.floor(at / count), at % count]
    return upper[Math.min(one, other) * count + Math.max(one, other)]!
  })

describe('averageLink', () => {
  it('joins what is alike on average and nothing else: no two groups that are left are alike enough', () => {
    fc.assert(
      fc.property(matrix, fc.double({ min: 0, max: 0.8, noNaN: true }), (given, least) => {
        const likeness = symmetric(given)
        const groups = averageLink(likeness.slice(), given.count, Float64Array.from(given.masses), least)
        const members = Map.groupBy(groups.keys(), (at) => groups[at]!)
        for (const [first, ones] of members) expect(first).toBe(Math.min(...ones))
        for (const [a, ones] of members) {
          for (const [b, others] of members) {
            if (a === b) continue
            let sum = 0
            let mass = 0
            for (const one of ones) {
              for (const other of others) {
                const by = given.masses[one]! * given.masses[other]!
                sum += by * likeness[one * given.count + other]!
                mass += by
              }
            }
            expect(sum / mass).toBeLessThan(least + 1e-4)
          }
        }
      }),
    )
  })
})
