import { HOUR_MS, isoTime, MINUTE_MS, type QuietHours } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quietAt } from './index.ts'

const DAYS: QuietHours['days'] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const night = (changes: Partial<QuietHours> = {}): QuietHours => ({
  days: DAYS,
  from: '22:00',
  to: '07:00',
  timeZone: 'Europe/Berlin',
  ...changes,
})
const until = (window: QuietHours, at: string) => {
  const quiet = quietAt([window], Date.parse(at))
  return quiet === null ? null : isoTime(quiet.until)
}

describe('quiet hours', () => {
  it('go by the clock of their time zone, over midnight, to the minute', () => {
    // Berlin is at UTC+1 in winter.
    expect(until(night(), '2026-12-01T20:59:59Z')).toBeNull()
    expect(until(night(), '2026-12-01T21:00:00Z')).toBe('2026-12-02T06:00:00.000Z')
    expect(until(night(), '2026-12-02T05:59:59Z')).toBe('2026-12-02T06:00:00.000Z')
    expect(until(night(), '2026-12-02T06:00:00Z')).toBeNull()
    expect(quietAt([night()], Date.parse('2026-12-01T23:00:00Z'))!.clock).toBe('07:00 Europe/Berlin')
  })

  it('end by the clock also in the nights in which it jumps', () => {
    // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
    expect(until(night(), '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z')
    expect(until(night(), '2026-10-24T22:00:00Z')).toBe('2026-10-25T06:00:00.000Z')
    // An end that does not exist that night comes when the clock passes it.
    expect(until(night({ to: '02:30' }), '2026-03-28T22:00:00Z')).toBe('2026-03-29T01:00:00.000Z')
  })

  it('belong to the day on which they begin', () => {
    const friday = night({ days: ['fri'] })
    expect(until(friday, '2026-12-04T23:00:00Z')).toBe('2026-12-05T06:00:00.000Z')
    expect(until(friday, '2026-12-05T05:00:00Z')).toBe('2026-12-05T06:00:00.000Z')
    expect(until(friday, '2026-12-05T23:00:00Z')).toBeNull()
    const weekend = night({ days: ['sat', 'sun'], from: '00:00', to: '00:00', timeZone: 'UTC' })
    expect(until(weekend, '2026-12-05T12:00:00Z')).toBe('2026-12-07T00:00:00.000Z')
  })

  it('several: the one that lasts longest counts', () => {
    const noon = night({ from: '12:00', to: '23:00', timeZone: 'UTC' })
    expect(isoTime(quietAt([noon, night()], Date.parse('2026-12-01T22:00:00Z'))!.until)).toBe(
      '2026-12-02T06:00:00.000Z',
    )
  })

  it('whatever zone and hours: quiet up to the end, and not at it', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Africa/Casablanca',
      'UTC',
    )
    const windows = fc.record({
      days: fc.subarray(DAYS, { minLength: 1, maxLength: 6 }),
      from: clock,
      to: clock,
      timeZone: zones,
    })
    const START = Date.parse('2026-01-01T00:00:00Z')
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: 366 * 24 * 60 }), (window, minutes) => {
        const now = START + minutes * MINUTE_MS
        const quiet = quietAt([window], now)
        if (quiet === null) return
        expect(quiet.until).toBeGreaterThan(now)
        expect(quiet.until - now).toBeLessThanOrEqual(7 * 24 * HOUR_MS)
        expect(quietAt([window], quiet.until)).toBeNull()
        expect(quietAt([window], quiet.until - 1)).not.toBeNull()
      }),
      { numRuns: 300 },
    )
  })
})
