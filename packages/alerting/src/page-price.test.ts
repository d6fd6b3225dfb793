import { DAY_MS, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { START } from '../test/issue-fixtures.ts'
import { rememberAsking } from './page-demand.ts'
import { budgetStanding, LEAST_PRICE } from './page-price.ts'
import { type BrandAlerting, emptyBrandAlerting } from './state.ts'

const NOW = START
const spent = (...daysAgo: number[]) =>
  daysAgo.map((days, index) => ({ at: NOW - days * DAY_MS, issueId: `p${index}` }))
/** `perWeek` issues of each worth, evenly over the last four weeks. */
const past = (perWeek: number, ...worths: number[]): BrandAlerting => {
  let brand: BrandAlerting = { ...emptyBrandAlerting(), since: NOW - 4 * WEEK_MS }
  for (let n = 0; n < 4 * perWeek; n += 1) {
    const at = NOW - 4 * WEEK_MS + ((n + 0.5) * WEEK_MS) / perWeek
    for (const worth of worths) brand = rememberAsking(brand, { id: `a${n}-${worth}`, severity: 'major' }, worth, at)
  }
  return brand
}
const priceOf = (brand: BrandAlerting, budget = 3, nowMs = NOW) => budgetStanding(brand, budget, nowMs).price!

describe('the price of a page', () => {
  it('is near the least for the first issue of a brand, and rises with each page spent', () => {
    const prices = [[], [0], [0, 0]].map((days) => priceOf({ ...emptyBrandAlerting(), pages: spent(...days) }))
    expect(prices).toEqual([LEAST_PRICE, 1.8, 2.5])
  })

  it('is what a typical week of the brand makes worth it, and never too much for a major', () => {
    const pages = spent(0)
    const [silent, quiet, busy] = [past(0), past(1, 1.2), past(6, 1.2, 1.7)].map((brand) =>
      priceOf({ ...brand, pages }),
    )
    expect([silent, quiet, busy]).toEqual([LEAST_PRICE, LEAST_PRICE, 1.7])
    expect(priceOf({ ...past(9, 4.7), pages })).toBe(2.5)
  })

  it('falls while the budget lies unspent', () => {
    const brand = past(2, 1.2, 1.7)
    const prices = [0, 2, 4, 6, 8].map((days) => priceOf({ ...brand, pages: spent(days) }, 2))
    expect(prices).toEqual(prices.toSorted((a, b) => b - a))
    expect(prices[0]).toBeGreaterThan(prices[3]!)
  })

  it('is lower just before a page comes back than long before', () => {
    const brand = past(1, 1.4, 1.7)
    expect(priceOf({ ...brand, pages: spent(6.9, 6.8) })).toBeLessThan(priceOf({ ...brand, pages: spent(3, 2) }))
  })

  it('is none while the budget is spent, and says when the next page comes back', () => {
    const brand = { ...emptyBrandAlerting(), pages: spent(5, 3, 1) }
    expect(budgetStanding(brand, 3, NOW)).toEqual({ used: 3, budget: 3, price: null, freeAt: NOW + 2 * DAY_MS })
    expect(budgetStanding(brand, 2, NOW).freeAt).toBe(NOW + 4 * DAY_MS)
    expect(budgetStanding(brand, 0, NOW)).toMatchObject({ price: null, freeAt: null })
  })

  it('does not let an issue raise the price against itself', () => {
    const brand = rememberAsking({ ...emptyBrandAlerting(), pages: spent(0) }, { id: 'a', severity: 'major' }, 5, NOW)
    expect(budgetStanding(brand, 3, NOW, 'a').price).toBeLessThan(priceOf(brand))
  })

  it('never rises with the budget, never falls below the least, and always lets a genuine major in', () => {
    const asked = fc.array(
      fc.record({
        id: fc.integer({ max: 40 }),
        tenths: fc.integer({ min: 10, max: 50 }),
        days: fc.integer({ min: 0, max: 40 }),
      }),
    )
    const pages = fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 })
    fc.assert(
      fc.property(asked, pages, fc.integer({ min: 1, max: 8 }), (asks, days, budget) => {
        const remembered = asks
          .toSorted((a, b) => b.days - a.days)
          .reduce(
            (brand, ask) =>
              rememberAsking(
                brand,
                { id: String(ask.id), severity: 'incident' },
                ask.tenths / 10,
                NOW - ask.days * DAY_MS,
              ),
            emptyBrandAlerting(),
          )
        const brand = { ...remembered, pages: spent(...days) }
        const [price, more] = [budget, budget + 1].map((size) => budgetStanding(brand, size, NOW).price)
        if (price === null || price === undefined) return
        expect(more).toBeLessThanOrEqual(price)
        expect(price).toBeGreaterThanOrEqual(LEAST_PRICE)
        expect(price).toBeLessThanOrEqual(2.5)
      }),
    )
  })
})

describe('what is remembered of a brand', () => {
  it('is bounded in time and number, and a crisis is no part of it', () => {
    let brand = emptyBrandAlerting()
    for (let n = 0; n < 1_000; n += 1) {
      brand = rememberAsking(brand, { id: `a${n}`, severity: 'incident' }, 2, NOW + n * 3_600_000)
    }
    expect(brand.asked).toHaveLength(128)
    expect(brand.since).toBe(brand.asked[0]!.at)
    const later = rememberAsking(brand, { id: 'b', severity: 'major' }, 4, NOW + 12 * WEEK_MS)
    expect(later.asked).toEqual([{ issueId: 'b', at: NOW + 12 * WEEK_MS, worth: 4 }])
    expect(rememberAsking(later, { id: 'c', severity: 'crisis' }, 9, NOW + 12 * WEEK_MS).asked).toEqual(later.asked)
  })

  it('counts an issue once, at what it was worth at the most', () => {
    const told = [2, 4, 3].reduce(
      (brand, worth, n) => rememberAsking(brand, { id: 'a', severity: 'major' }, worth, NOW + n),
      emptyBrandAlerting(),
    )
    expect(told.asked).toEqual([{ issueId: 'a', at: NOW, worth: 4 }])
  })
})
