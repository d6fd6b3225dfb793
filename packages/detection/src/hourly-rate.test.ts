import { describe, expect, it } from 'vitest'
import { HOUR_MS, HourlyRate } from './hourly-rate.ts'

const DAY_HOURS = 24
const FIRST_HOUR = 480_000

/** Days of `perHour(hour of the day, day)` visits. */
const rateOf = (days: number, perHour: (hour: number, day: number) => number): HourlyRate => {
  const rate = new HourlyRate()
  for (let hour = 0; hour < days * DAY_HOURS; hour++)
    rate.add((FIRST_HOUR + hour) * HOUR_MS, perHour(hour % DAY_HOURS, Math.floor(hour / DAY_HOURS)))
  return rate
}
const expectedAt = (rate: HourlyRate, hour: number, prior: number) =>
  rate.expected(FIRST_HOUR + hour, FIRST_HOUR, prior).perHour

describe('the hourly rate', () => {
  it('knows the hour of the day after some days, and trusts the recent rate before', () => {
    const byDay = (hour: number) => (hour >= 8 && hour < 20 ? 12 : 2)
    const known = rateOf(14, byDay)
    expect(expectedAt(known, 14 * DAY_HOURS + 14, 7)).toBeGreaterThan(10)
    expect(expectedAt(known, 14 * DAY_HOURS + 3, 7)).toBeLessThan(4)
    expect(expectedAt(rateOf(1, byDay), DAY_HOURS - 2, 7)).toBe(7)
  })

  it('trusts the same weekday before others', () => {
    const sundays = rateOf(27, (_, day) => (day % 7 === 6 ? 20 : 5))
    expect(expectedAt(sundays, 27 * DAY_HOURS + 12, 5)).toBeGreaterThan(7)
    expect(expectedAt(sundays, 26 * DAY_HOURS + 12, 5)).toBeCloseTo(5)
  })

  it('does not learn one wild day in five', () => {
    const calm = expectedAt(
      rateOf(5, () => 4),
      5 * DAY_HOURS + 12,
      4,
    )
    const wild = expectedAt(
      rateOf(5, (_, day) => (day === 2 ? 90 : 4)),
      5 * DAY_HOURS + 12,
      4,
    )
    expect(wild).toBe(calm)
  })

  it('forgets after four weeks, however long nobody came', () => {
    const rate = rateOf(2, () => 9)
    rate.add((FIRST_HOUR + 100 * DAY_HOURS) * HOUR_MS)
    expect(rate.between(FIRST_HOUR, FIRST_HOUR + 100 * DAY_HOURS)).toBe(0)
    expect(rate.at(FIRST_HOUR + 100 * DAY_HOURS)).toBe(1)
  })
})
