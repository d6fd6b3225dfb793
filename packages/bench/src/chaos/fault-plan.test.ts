import { seededDraws } from '@outcry/testkit/made-texts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFaults, VICTIMS } from './fault-plan.ts'

const options = fc.record({
  faults: fc.integer({ min: 1, max: 60 }),
  victims: fc.subarray([...VICTIMS], { minLength: 1 }),
  fillable: fc.subarray(['database', 'broker'] as const),
  longFreezes: fc.boolean(),
})

describe('the plan of faults', () => {
  it('is the same for the same seed, in the order of the stream', () => {
    fc.assert(
      fc.property(fc.nat(), options, (seed, plan) => {
        const faults = planFaults(seededDraws(seed), plan)
        expect(planFaults(seededDraws(seed), plan)).toEqual(faults)
        expect(faults).toHaveLength(plan.faults)
        expect(faults.map(({ atShare }) => atShare)).toEqual(
          faults.map(({ atShare }) => atShare).toSorted((a, b) => a - b),
        )
        for (const { atShare } of faults) expect(atShare > 0 && atShare < 1).toBe(true)
      }),
    )
  })

  it('hurts every victim before it hurts one a second time, and fills only disks that can be filled', () => {
    fc.assert(
      fc.property(fc.nat(), options, (seed, plan) => {
        const faults = planFaults(seededDraws(seed), plan)
        const { length } = plan.victims
        for (let round = 0; round + length <= faults.length; round += length)
          expect(new Set(faults.slice(round, round + length).map(({ victim }) => victim)).size).toBe(length)
        const filled = faults.filter(({ kind }) => kind === 'fill').map(({ victim }) => victim)
        expect(filled.filter((victim) => !(plan.fillable as readonly string[]).includes(victim))).toEqual([])
      }),
    )
  })

  it('never hurts a victim twice at the same moment', () => {
    fc.assert(
      fc.property(fc.nat(), options, (seed, plan) => {
        const moments = planFaults(seededDraws(seed), plan).map(({ atShare, victim }) => `${atShare} ${victim}`)
        expect(new Set(moments).size).toBe(moments.length)
      }),
    )
  })

  it('freezes some longer than any lease, session or idle transaction lasts', () => {
    const faults = planFaults(seededDraws(1), { faults: 60, victims: VICTIMS, fillable: [], longFreezes: true })
    expect(faults.filter(({ kind, forMs }) => kind === 'freeze' && forMs > 15_000).length).toBeGreaterThan(0)
  })
})
