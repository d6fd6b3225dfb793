import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidence } from '../test/evidence.ts'
import { exposureInWords, exposureOf } from './exposure.ts'

const posting = { low: 0.01, high: 0.04 }
const standing = { complaints: 40, unanswered: 30, oldestUnansweredAt: 1, reachUnanswered: 9 }

describe('the exposure of an issue', () => {
  it('is told as a range with what it rests on', () => {
    const exposure = exposureOf(evidence({ authors: 64, reach: 19_840 }), standing, posting)
    expect(exposure).toMatchObject({ reach: 19_840, unansweredShare: 0.75, affected: { low: 1_600, high: 6_400 } })
    expect(exposureInWords(exposure)).toEqual([
      'Seen by up to 19,840 people; 75 % of the complaints have no answer yet.',
      'About 1,600 to 6,400 people may be affected. Assumed: of 100 people who are affected, 1 to 4 post in public.',
    ])
  })

  it('goes by what the posts show where no complaint is known, and says nothing of answers that are not seen', () => {
    expect(exposureOf(evidence({ unanswered: 0.5 }), null, posting).unansweredShare).toBe(0.5)
    const { unanswered: _, ...unseen } = evidence()
    const exposure = exposureOf(unseen, { ...standing, complaints: 0 }, posting)
    expect(exposure.unansweredShare).toBeNull()
    expect(exposureInWords(exposure)[0]).not.toContain('answer')
  })

  it('estimates nothing of voices that look coordinated', () => {
    const exposure = exposureOf(evidence({ authenticity: 'coordinated' }), standing, posting)
    expect(exposure.affected).toBeNull()
    expect(exposureInWords(exposure)[1]).toContain('coordinated')
  })

  it('is never fewer than those who posted, and a range', () => {
    const share = fc.double({ min: 0.0001, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), share, share, (authors, one, other) => {
        const { affected } = exposureOf(evidence({ authors }), null, {
          low: Math.min(one, other),
          high: Math.max(one, other),
        })
        expect(affected!.low).toBeGreaterThanOrEqual(authors)
        expect(affected!.high).toBeGreaterThanOrEqual(affected!.low)
      }),
    )
  })
})
