import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareIds, idOfTime, newerId, rewoundId, tellsTime } from './status-ids.ts'

const time = fc.integer({ min: Date.UTC(2017, 0), max: Date.UTC(2100, 0) })

describe('ids of posts', () => {
  it('order as the server orders them, numbers by value', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 62n), fc.bigInt(0n, 2n ** 62n), (a, b) => {
        expect(Math.sign(compareIds(String(a), String(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
        expect(newerId(String(a), String(b))).toBe(String(a > b ? a : b))
      }),
    )
    expect(compareIds('01HABC', '01HABD')).toBeLessThan(0)
    expect(newerId(null, '7')).toBe('7')
  })

  it('go back by exactly the time asked for, and stay where they tell no time', () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 0, max: 86_400_000 }), (at, ms) => {
        expect(rewoundId(idOfTime(at), ms)).toBe(idOfTime(at - ms))
        expect(tellsTime(idOfTime(at))).toBe(true)
      }),
    )
    for (const id of ['42', '01H455VB4PEX5VSKNK084SN02Q']) expect(rewoundId(id, 60_000)).toBe(id)
  })
})
