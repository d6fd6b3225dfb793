import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countOf, idOf, isoTimeOf, itemsOf, numberOf, secondsTimeOf, textOf } from './fields.ts'

describe('reading fields of which nothing is known', () => {
  it('reads times with a zone, and as seconds with a fraction or as text', () => {
    expect(isoTimeOf('2026-11-22T12:00:00.5Z')).toBe(Date.UTC(2026, 10, 22, 12) + 500)
    expect(isoTimeOf('2026-11-22T13:00:00+01:00')).toBe(Date.UTC(2026, 10, 22, 12))
    expect(isoTimeOf('2026-11-22T12:00:00')).toBeUndefined()
    expect(isoTimeOf('yesterday')).toBeUndefined()
    expect(secondsTimeOf('1795348800')).toBe(1_795_348_800_000)
    expect(secondsTimeOf(1_795_348_800.25)).toBe(1_795_348_800_250)
    expect(secondsTimeOf(1e300)).toBeUndefined()
    expect(secondsTimeOf(-0)).toBe(0)
  })

  it('reads identifiers as text, whole numbers too, and nothing that is none', () => {
    expect([idOf(12), idOf('t1_a'), idOf(''), idOf('a b'), idOf(-1), idOf(1.5)]).toEqual([
      '12',
      't1_a',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('never throws, and gives what it says, whatever the value', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const time = isoTimeOf(value) ?? secondsTimeOf(value) ?? 0
        expect(new Date(time).getTime()).toBe(time)
        expect(countOf(value) ?? 0).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(numberOf(value) ?? 0)).toBe(true)
        expect(textOf(value)?.trim()).not.toBe('')
        expect(Array.isArray(itemsOf(value))).toBe(true)
      }),
    )
  })
})
