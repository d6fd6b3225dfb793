import type { Severity } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidence } from '../test/issue-fixtures.ts'
import { leastWorth, pageWorth } from './page-worth.ts'

const counts = fc.record({
  tailProbability: fc.double({ min: 0, max: 1, noNaN: true }),
  authors: fc.integer({ min: 0, max: 100_000 }),
  rule: fc.constantFrom('scan' as const, 'counter' as const),
})
const worthOf = (severity: Severity, changes: Parameters<typeof evidence>[0] = {}) =>
  pageWorth({ severity, evidence: evidence(changes) })

describe('what a page is worth', () => {
  it('is 0 to 10 in tenths, and a graver issue of equal doubt is never worth less', () => {
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.constantFrom('genuine', 'uncertain', 'coordinated'),
        (one, other, authenticity) => {
          const [incident, major, crisis] = [
            worthOf('incident', { ...one, authenticity }),
            worthOf('major', { ...other, authenticity }),
            worthOf('crisis', { ...one, authenticity }),
          ]
          expect(incident).toBeLessThanOrEqual(major)
          expect(major).toBeLessThanOrEqual(crisis)
          for (const worth of [incident, major, crisis]) {
            expect(worth).toBeGreaterThan(0)
            expect(worth).toBeLessThanOrEqual(10)
            expect(worth).toBe(Math.round(worth * 10) / 10)
          }
        },
      ),
    )
  })

  it('rises with people, with smaller odds, and where a known issue type was counted', () => {
    expect(worthOf('major', { authors: 5 })).toBeLessThan(worthOf('major', { authors: 30 }))
    expect(worthOf('major', { tailProbability: 1e-6 })).toBeLessThan(worthOf('major', { tailProbability: 1e-12 }))
    expect(worthOf('major', { rule: 'scan' })).toBeLessThan(worthOf('major', { rule: 'counter' }))
  })

  it('falls with doubt: a major that looks coordinated counts as an incident', () => {
    expect(worthOf('major', { authenticity: 'uncertain' })).toBeLessThan(worthOf('major'))
    expect(worthOf('major', { authenticity: 'coordinated' })).toBe(worthOf('incident'))
  })

  it('is never below the least of its severity for a genuine issue, and can be for a doubtful one', () => {
    const weak = { authors: 4, tailProbability: 1e-5 }
    expect(worthOf('incident', weak)).toBe(leastWorth('incident'))
    expect(worthOf('incident', { ...weak, authenticity: 'uncertain' })).toBeLessThan(leastWorth('incident'))
  })
})
