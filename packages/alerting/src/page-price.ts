import { DAY_MS, WEEK_MS } from '@outcry/contracts'
import { typicalWeek } from './page-demand.ts'
import { LEAST_WORTH } from './page-worth.ts'
import type { BrandAlerting } from './state.ts'

/** How a brand's page budget stands. `price` is null while no page is left; `freeAt` is when the next one comes back. */
export type BudgetStanding = { used: number; budget: number; price: number | null; freeAt: number | null }

/** Pages that still count at `nowMs`. One that lies ahead, because a clock went back, counts. */
export const pagesOfWeek = (brand: BrandAlerting, nowMs: number): BrandAlerting['pages'] =>
  brand.pages.filter((page) => page.at > nowMs - WEEK_MS)

/**
 * What a page costs now: the worth that lets through no more of a typical week than there are pages for it. The bid
 * price of revenue management (Gallego and van Ryzin 1994), solved anew at each question, over the brand's own demand.
 *
 * A page comes back 7 days after it was spent, and until each of these moments the pages at hand have to last. A week
 * begins with the last page: the longer none was spent, the less of it is left to save for, and the lower the price.
 * More budget never costs more, all else being equal.
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
  if (used >= budget) return { used, budget, price: null, freeAt }
  const perWeek = affordable(brand, budget - used, back, nowMs)
  return { used, budget, price: priceAt(perWeek, typicalWeek(brand, askingIssueId, nowMs)), freeAt }
}

/** The pages a week that can be spent from now on without running out before the next ones come back. */
const affordable = (brand: BrandAlerting, left: number, back: readonly number[], nowMs: number): number => {
  const lastAt = brand.pages.reduce((last, { at }) => Math.max(last, at), -Infinity)
  const restMs = Math.min(WEEK_MS, Math.max(DAY_MS, lastAt + WEEK_MS - nowMs))
  const moments = [...back.map((at) => at - nowMs).filter((ms) => ms < restMs), restMs]
  return Math.min(...moments.map((ms, comeBack) => ((left + comeBack) * WEEK_MS) / ms))
}

const priceAt = (affordablePerWeek: number, demand: ReturnType<typeof typicalWeek>): number => {
  let asked = 0
  for (const { worth, perWeek } of demand) {
    asked += perWeek
    if (asked > affordablePerWeek) return Math.max(LEAST_WORTH, worth)
  }
  return LEAST_WORTH
}
