import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryAfterMs, verdictOf } from './outcome.ts'
import { GIVE_UP_MS, retryDelayMs } from './retry-schedule.ts'

describe('the retry schedule', () => {
  it('tries seconds first', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((failures) => retryDelayMs(failures, 0, 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
  })

  it('slows down with age and gives up after a day', () => {
    expect(retryDelayMs(40, 11 * MINUTE_MS, 0)).toBe(MINUTE_MS)
    expect(retryDelayMs(90, 2 * HOUR_MS, 0)).toBe(5 * MINUTE_MS)
    expect(retryDelayMs(400, DAY_MS, 0)).toBeNull()
  })

  it('always ends, in a bounded number of tries, whatever the spread', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        let ageMs = 0
        let tries = 1
        for (let delay = retryDelayMs(1, 0, random); delay !== null; delay = retryDelayMs(tries, ageMs, random)) {
          expect(delay).toBeGreaterThanOrEqual(1_000)
          ageMs += delay
          tries += 1
        }
        expect(ageMs).toBeLessThanOrEqual(GIVE_UP_MS + 1_000)
        expect(tries).toBeLessThan(400)
      }),
    )
  })
})

describe('an answer', () => {
  const now = Date.UTC(2026, 10, 2, 9)

  it('says in seconds or as a date how long to wait', () => {
    expect(retryAfterMs('120', now)).toBe(120_000)
    expect(retryAfterMs('Mon, 02 Nov 2026 09:00:30 GMT', now)).toBe(30_000)
    expect(retryAfterMs('Mon, 02 Nov 2026 08:00:00 GMT', now)).toBe(0)
    expect(retryAfterMs('soon', now)).toBeNull()
    expect(retryAfterMs('999999999', now)).toBe(DAY_MS)
  })

  it('of 429 without a wish waits a minute, of 503 with one obeys it', () => {
    expect(verdictOf(429, undefined, now)).toEqual({ type: 'again', waitMs: 60_000, throttled: true })
    expect(verdictOf(503, '9', now)).toEqual({ type: 'again', waitMs: 9_000, throttled: true })
    expect(verdictOf(503, undefined, now)).toEqual({ type: 'again', waitMs: null, throttled: false })
  })
})
