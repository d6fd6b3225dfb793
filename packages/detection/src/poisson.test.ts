import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overdispersedTail, poissonTail } from './poisson.ts'

const mean = fc.double({ min: 0.01, max: 200, noNaN: true })
const count = fc.integer({ min: 1, max: 300 })

describe('tails of counts', () => {
  it('have the values of the tables', () => {
    expect(poissonTail(4, 0.075)).toBeCloseTo(1.2417e-6, 9)
    expect(poissonTail(1, 2)).toBeCloseTo(1 - Math.exp(-2), 12)
    // With shape 1 the negative binomial is geometric: P(X >= n) = (mean / (mean + 1)) ^ n.
    expect(overdispersedTail(5, 3, 1)).toBeCloseTo(0.75 ** 5, 10)
  })

  it('are odds that fall with the count and rise with the mean', () => {
    fc.assert(
      fc.property(mean, count, (expected, observed) => {
        for (const tail of [poissonTail, (n: number, m: number) => overdispersedTail(n, m, 12)]) {
          const odds = tail(observed, expected)
          expect(odds).toBeGreaterThanOrEqual(0)
          expect(odds).toBeLessThanOrEqual(1)
          expect(tail(observed + 1, expected)).toBeLessThanOrEqual(odds + 1e-9)
          expect(tail(observed, expected * 1.1)).toBeGreaterThanOrEqual(odds - 1e-9)
        }
      }),
    )
  })

  it('are told of any count, also where they are too small for a number', () => {
    for (let expected = 1; expected < 200; expected *= 1.3)
      for (let observed = 1; observed <= 20_000; observed += 7)
        expect(overdispersedTail(observed, expected, 12) + poissonTail(observed, expected)).toBeLessThanOrEqual(2)
  })

  it('of wandering rates come near those of steady ones as the rate wanders less', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (expected, observed) => {
          expect(overdispersedTail(observed, expected, 1e7)).toBeCloseTo(poissonTail(observed, expected), 4)
        },
      ),
    )
  })

  it('end where numbers end, however far the count is beyond the mean', () => {
    for (const shape of [0.1, 0.7, 12])
      for (let observed = 1_000; observed < 20_000; observed += 250)
        expect(overdispersedTail(observed, 3.17, shape)).toBeLessThan(1e-9)
    expect(poissonTail(20_000, 3.17)).toBeLessThan(1e-290)
  })
})
