import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidence, START } from '../test/issue-fixtures.ts'
import { decidePage } from './page-budget.ts'
import { emptyBrandAlerting } from './state.ts'

const spent = (pages: number) => ({
  ...emptyBrandAlerting(),
  pages: Array.from({ length: pages }, (_, n) => ({ issueId: `p${n}`, at: START })),
})
const issues = fc.record({
  severity: fc.constantFrom('incident' as const, 'major' as const),
  authors: fc.integer({ min: 4, max: 31 }),
  tailProbability: fc.double({ min: 1e-14, max: 1e-4, noNaN: true }),
  authenticity: fc.constantFrom('genuine' as const, 'uncertain' as const, 'coordinated' as const),
  used: fc.integer({ min: 0, max: 4 }),
})

describe('the sentence of a held page', () => {
  it('promises only what holds as things stand, and has no figures but people, pages and times', () => {
    let promised = 0
    fc.assert(
      fc.property(issues, ({ severity, used, ...counted }) => {
        const asks = (changes: Partial<typeof counted> = {}, as: 'incident' | 'major' | 'crisis' = severity) => {
          const issue = { id: 'i', severity: as, evidence: evidence({ ...counted, ...changes }), pagedAs: null }
          return decidePage(spent(used), issue, 3, START)
        }
        const { page, reason } = asks()
        expect(reason).not.toMatch(/worth|cost|price| of 10/)
        if (page) return
        expect(asks({}, 'crisis').page).toBe(true)
        expect(asks({}, 'major').page || !reason.includes('becomes major')).toBe(true)
        const people = /reaches (\d+) people/.exec(reason)?.[1]
        if (people === undefined) return
        promised += 1
        expect(asks({ authors: Number(people) }).page).toBe(true)
        expect(asks({ authors: Number(people) - 1 }).page).toBe(false)
      }),
      { numRuns: 500 },
    )
    expect(promised).toBeGreaterThan(0)
  })

  it('says when the next page is there, and what still pages until then', () => {
    const issue = { id: 'i', severity: 'major' as const, evidence: evidence(), pagedAs: null }
    expect(decidePage(spent(3), issue, 3, START).reason).toBe(
      'held: 3 of 3 pages this week are used; until 2026-11-09 09:00 UTC only a crisis pages',
    )
    expect(decidePage(spent(0), issue, 0, START).reason).toBe('held: the page budget is 0, only a crisis pages')
  })
})
