import { type CountedSpan, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complaintsFell, spansAround } from './complaint-fall.ts'

const FIX = Date.UTC(2026, 10, 2, 12)
const before = (people: number, ms = HOUR_MS): CountedSpan => ({ fromMs: FIX - ms, toMs: FIX, people })
const after = (people: number, ms = HOUR_MS): CountedSpan => ({ fromMs: FIX, toMs: FIX + ms, people })
const people = fc.nat({ max: 3_000 })
const span = fc.integer({ min: MINUTE_MS, max: HOUR_MS })

describe('whether complaints fell', () => {
  it('is told with the counts and the odds', () => {
    expect(complaintsFell(before(41), after(6))).toMatchObject({
      verdict: 'fell',
      words:
        '41 people complained in 1 h before the fix, 6 in 1 h after it: complaints fell, by more than chance explains ' +
        '(odds of chance under 1 in 1,000,000).',
    })
  })

  it('is an exact binomial: 2 of 10 by halves are 56 in 1,024', () => {
    expect(complaintsFell(before(8), after(2)).odds).toBeCloseTo(56 / 1_024, 12)
    expect(complaintsFell(before(5, 30 * MINUTE_MS), after(1)).odds).toBeCloseTo((1 + 12) / 3 ** 6, 12)
  })

  it.each([
    [6, 0, 'too-few-to-tell'],
    [7, 0, 'fell'],
    [20, 15, 'not-yet'],
    [20, 40, 'not-yet'],
    [0, 0, 'too-few-to-tell'],
    [1, 0, 'too-few-to-tell'],
  ] as const)('from %i people to %i: %s', (one, other, verdict) => {
    expect(complaintsFell(before(one), after(other)).verdict).toBe(verdict)
  })

  it('waits for a span long enough', () => {
    expect(complaintsFell(before(20), after(0, 5 * MINUTE_MS))).toMatchObject({
      verdict: 'too-early',
      words:
        '20 people complained in 1 h before the fix, 0 in 5 min after it: that is too early to tell, ask again after ' +
        '2026-11-02 13:00 UTC.',
    })
    expect(complaintsFell(before(20), after(0, 20 * MINUTE_MS)).verdict).toBe('fell')
  })

  it('is the likelier the fewer come after, and the more came before', () => {
    fc.assert(
      fc.property(people, people, span, span, (one, other, beforeMs, afterMs) => {
        const { odds } = complaintsFell(before(one, beforeMs), after(other, afterMs))
        expect(odds).toBeGreaterThanOrEqual(0)
        expect(odds).toBeLessThanOrEqual(1)
        const more = complaintsFell(before(one, beforeMs), after(other + 1, afterMs)).odds
        const earlier = complaintsFell(before(one + 1, beforeMs), after(other, afterMs)).odds
        expect(more).toBeGreaterThanOrEqual(odds - 1e-9)
        expect(earlier).toBeLessThanOrEqual(odds + 1e-9)
      }),
    )
  })

  it('is said of one in a hundred at the most where nothing changed', () => {
    const random = seeded(7)
    for (const [perHour, afterMs] of [
      [4, HOUR_MS],
      [9, 20 * MINUTE_MS],
      [30, HOUR_MS],
      [200, 10 * MINUTE_MS],
    ] as const) {
      const rounds = 20_000
      let fell = 0
      for (let round = 0; round < rounds; round += 1) {
        const [one, other] = [poisson(perHour, random), poisson((perHour * afterMs) / HOUR_MS, random)]
        if (complaintsFell(before(one), after(other, afterMs)).verdict === 'fell') fell += 1
      }
      // Three standard errors above 1 in 100.
      expect(fell / rounds).toBeLessThanOrEqual(0.01 + 3 * Math.sqrt((0.01 * 0.99) / rounds))
    }
  })

  it('is seen in nine of ten where 30 an hour become 6', () => {
    const random = seeded(8)
    const rounds = 2_000
    let fell = 0
    for (let round = 0; round < rounds; round += 1)
      if (complaintsFell(before(poisson(30, random)), after(poisson(6, random))).verdict === 'fell') fell += 1
    expect(fell / rounds).toBeGreaterThan(0.9)
  })
})

describe('the spans around a fix', () => {
  const at = { onsetMs: FIX - 3 * HOUR_MS, nowMs: FIX + 3 * HOUR_MS, keptSinceMs: FIX - HOUR_MS }
  it('are the hours before and after, as far as there was one', () => {
    expect(spansAround(FIX, at)).toEqual({
      before: { fromMs: FIX - HOUR_MS, toMs: FIX },
      after: { fromMs: FIX, toMs: FIX + HOUR_MS },
    })
    expect(spansAround(FIX, { ...at, onsetMs: FIX - 20, nowMs: FIX + 10 })).toEqual({
      before: { fromMs: FIX - 20, toMs: FIX },
      after: { fromMs: FIX, toMs: FIX + 10 },
    })
  })

  it('are none where there is nothing to compare, and say why', () => {
    expect(spansAround(null, at)).toEqual({ none: expect.stringContaining('Nobody said yet') })
    expect(spansAround(FIX, { ...at, nowMs: FIX })).toEqual({ none: expect.stringContaining('nothing to compare') })
    expect(spansAround(FIX, { ...at, onsetMs: FIX })).toEqual({ none: expect.stringContaining('nothing to compare') })
    expect(spansAround(FIX, { ...at, keptSinceMs: FIX })).toEqual({ none: expect.stringContaining('no longer kept') })
  })
})

/** Mulberry32: the same numbers for the same seed, 0 to 1. */
const seeded = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A count with that mean: exponential gaps until the span is over. */
const poisson = (mean: number, random: () => number): number => {
  let count = -1
  for (let left = mean; left > 0; count += 1) left += Math.log(1 - random())
  return count
}
