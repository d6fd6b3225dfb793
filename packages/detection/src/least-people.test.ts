import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastPeople } from './least-people.ts'
import { overdispersedTail } from './poisson.ts'
import { scanLimit } from './scan.ts'
import { judge } from './type-counters.ts'

const settings = { falseAlarmProbability: 1e-6, minPeople: 4 }
const given = { expected: fc.double({ min: 0.04, max: 60, noNaN: true }), shape: fc.integer({ min: 1, max: 80 }) }

describe('with how many people a burst opens', () => {
  it('is the first number the scan would open at', () => {
    fc.assert(
      fc.property(given.expected, given.shape, (expected, shape) => {
        const least = leastPeople({ rule: 'scan', issueType: null, expected, relativeVariance: 1 / shape }, settings)
        const opens = (count: number) =>
          count >= settings.minPeople && overdispersedTail(count, expected, shape) < scanLimit(1e-6)
        expect(opens(least)).toBe(true)
        expect(opens(least - 1)).toBe(false)
      }),
    )
  })

  it('is the first number the counter of the type would open at', () => {
    fc.assert(
      fc.property(given.expected, given.shape, fc.constantFrom('any', 'checkout'), (expected, shape, issueType) => {
        const relativeVariance = 1 / shape
        const least = leastPeople({ rule: 'counter', issueType, expected, relativeVariance }, settings)
        const opens = (count: number) => judge(issueType, count, { expected, relativeVariance }, 1e-6)?.opens === true
        expect(opens(least)).toBe(true)
        expect(opens(least - 1)).toBe(false)
      }),
    )
  })
})
