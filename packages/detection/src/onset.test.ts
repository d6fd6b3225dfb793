import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onsetOf } from './onset.ts'

const MINUTE_MS = 60_000

describe('onsetOf', () => {
  it('dates a burst by its first post, not by a lone one long before', () => {
    const burst = [100, 101, 102, 103, 104, 105].map((minute) => minute * MINUTE_MS)
    expect(onsetOf([0, ...burst], 1 / (60 * MINUTE_MS), 106 * MINUTE_MS)).toBe(100 * MINUTE_MS)
  })

  it('is one of the times, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 1e-9, max: 1e-3, noNaN: true }),
        (times, rate) => {
          const onset = onsetOf(times, rate, 1_000_001)
          expect(times).toContain(onset)
          expect(onsetOf(times.toReversed(), rate, 1_000_001)).toBe(onset)
        },
      ),
    )
  })
})
