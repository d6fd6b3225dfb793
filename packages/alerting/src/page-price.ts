import { WEEK_MS } from '@outcry/contracts'
import { type Demand, typicalWeek } from './page-demand.ts'
import { leastWorth } from './page-worth.ts'
import type { BrandAlerting } from './state.ts'

/** How a brand's page budget stands. `price` is null while no page is left; `freeAt` is when the next one comes back. */
export type BudgetStanding = { used: number; budget: number; price: number | null; freeAt: number | null }

export const LEAST_PRICE = leastWorth('incident')
const MOST_PRICE = leastWorth('major')

/** Pages that still count at `nowMs`, none of them dated ahead of it. */
export const pagesOfWeek = (brand: BrandAlerting, nowMs: number): BrandAlerting['pages'] =>
  withoutPagesAhead(brand, nowMs).pages.filter((page) => page.at > nowMs - WEEK_MS)

/**
 * A page that lies ahead was spent by a clock that was set back since. It counts from now on: dated as it was, a clock
 * that once stood a year ahead would keep the budget spent for that year.
 */
export const withoutPagesAhead = (brand: BrandAlerting, nowMs: number): BrandAlerting =>
  brand.pages.every(({ at }) => at <= nowMs)
    ? brand
    : { ...brand, pages: brand.pages.map((page) => ({ ...page, at: Math.min(page.at, nowMs) })) }

/**
 * What a page costs now: what the last of the pages at hand is expected to be worth once the coming days are known. Had
 * one page fewer been there, that issue would have gone without. It is the randomised linear program of revenue
 * management (Talluri and van Ryzin 1999), the mean of the prices in hindsight, over the brand's own typical week.
 *
 * A page that is spent now is missing for 7 days, and the pages at hand have to last until each moment at which a spent
 * one comes back. So an unspent budget is cheap, the last page is dear, and it gets cheaper the sooner the next one is
 * due. More budget never costs more, all else being equal.
 *
 * It stays between the least that a genuine incident and a genuine major are worth: while a page is left, a major gets
 * it. Saving one for a still better major loses more than it gains, because most weeks bring none.
 */
export const budgetStanding = (
  brand: BrandAlerting,
  budget: number,
  nowMs: number,
  askingIssueId: string | null = null,
): BudgetStanding => {
  const back = pagesOfWeek(brand, nowMs)
    .map((page) => page.at + WEEK_MS)
    .toSorted((a, b) => a - b)
  const used = back.length
  // With a budget that was lowered, more than one has to come back.
  const freeAt = budget === 0 ? null : (back[Math.max(0, used - budget)] ?? null)
  const left = budget - used
  if (left <= 0) return { used, budget, price: null, freeAt }
  const demand = typicalWeek(brand, askingIssueId, nowMs)
  const moments = [...back.map((at) => at - nowMs).filter((ms) => ms < WEEK_MS), WEEK_MS]
  const prices = moments.map((ms, comeBack) => worthOfBest(left + comeBack, demand, ms / WEEK_MS))
  const price = Math.min(MOST_PRICE, Math.max(LEAST_PRICE, Math.round(10 * Math.max(...prices)) / 10))
  return { used, budget, price, freeAt }
}

/**
 * The expected worth of the `nth` best of what asks within `weeks`, nothing where fewer ask: the chance that at least n
 * ask for that much, summed over all worths. Arrivals are taken as Poisson.
 */
const worthOfBest = (nth: number, demand: readonly Demand[], weeks: number): number => {
  let expected = 0
  let perWeek = 0
  for (const [place, each] of demand.entries()) {
    perWeek += each.perWeek
    const step = each.worth - (demand[place + 1]?.worth ?? 0)
    if (step > 0) expected += step * chanceOfAtLeast(nth, perWeek * weeks)
  }
  return expected
}

const chanceOfAtLeast = (n: number, mean: number): number => {
  if (n > mean + 8 * Math.sqrt(mean) + 8) return 0
  let term = Math.exp(-mean)
  let below = 0
  for (let k = 0; k < n; k += 1) {
    below += term
    term *= mean / (k + 1)
  }
  return Math.max(0, 1 - below)
}
