import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Wander } from './wander.ts'

/** Wander after `hours` of `observed`, of which `expected` was forecast. */
const after = (hours: number, expected: number, observed: (hour: number) => number): number => {
  const wander = new Wander()
  for (let hour = 0; hour < hours; hour++) wander.learn(observed(hour), expected)
  return wander.relativeVariance
}

describe('the wander of a rate', () => {
  it('is small for a brand that keeps to its clock and large for one that does not', () => {
    const steady = after(300, 20, (hour) => (hour % 2 === 0 ? 16 : 24))
    const moody = after(300, 20, (hour) => (hour % 2 === 0 ? 5 : 35))
    expect(steady).toBeLessThan(0.05)
    expect(moody).toBeGreaterThan(0.3)
  })

  it('is the usual where little was seen, and no single burst changes that by much', () => {
    const usual = new Wander().relativeVariance
    expect(after(24, 0.1, () => 0)).toBeCloseTo(usual, 1)
    const calm = after(100, 5, () => 5)
    expect(after(101, 5, (hour) => (hour === 50 ? 500 : 5))).toBeLessThan(calm + 0.05)
  })

  it('stays between bounds whatever comes, and goes on from a snapshot', () => {
    const counts = fc.array(
      fc.record({ observed: fc.nat(2_000), expected: fc.double({ min: 0, max: 900, noNaN: true }) }),
    )
    fc.assert(
      fc.property(counts, (hours) => {
        const wander = new Wander()
        for (const { observed, expected } of hours) wander.learn(observed, expected)
        expect(wander.relativeVariance).toBeGreaterThan(0)
        expect(wander.relativeVariance).toBeLessThanOrEqual(1)
        expect(Wander.unpack(wander.pack()).relativeVariance).toBe(wander.relativeVariance)
      }),
    )
  })
})
