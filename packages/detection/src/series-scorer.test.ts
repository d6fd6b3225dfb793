import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeriesScorer } from './series-scorer.ts'

const STEP_MS = 300_000
const score = (counts: readonly number[]) => {
  const scorer = createSeriesScorer()
  return counts.map((count, row) => scorer.next(row * STEP_MS, count))
}
const quiet = Array.from({ length: 600 }, (_, row) => 40 + ((row * 7) % 11))

describe('createSeriesScorer', () => {
  it('raises one onset for a burst that lasts', () => {
    const onsets = score([...quiet, ...Array.from({ length: 12 }, () => 900), ...quiet])
      .map(({ alert }, row) => (alert ? row : -1))
      .filter((row) => row >= 0)
    expect(onsets).toHaveLength(1)
    expect(onsets[0]).toBeGreaterThanOrEqual(600)
    expect(onsets[0]).toBeLessThan(604)
  })

  it('stays silent on a steady series', () => {
    expect(score([...quiet, ...quiet]).some(({ alert }) => alert)).toBe(false)
  })

  it('scores a series cut short the same, between 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 2, maxLength: 600 }),
        fc.nat(),
        (counts, at) => {
          const cut = at % counts.length
          const whole = score(counts)
          expect(score(counts.slice(0, cut))).toEqual(whole.slice(0, cut))
          expect(whole.every(({ anomalyScore }) => anomalyScore >= 0 && anomalyScore <= 1)).toBe(true)
        },
      ),
      { numRuns: 30 },
    )
  })
})
