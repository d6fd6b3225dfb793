import { type Authenticity, type Severity, SEVERITY_RANK, WEEK_MS } from '@outcry/contracts'
import type { BrandAlerting } from './state.ts'

/** Why an alert pages or not: few and fixed, so that metrics can count them. */
export type PageCode =
  | 'crisis'
  | 'budget-left'
  | 'takes-over'
  | 'already-paged'
  | 'budget'
  | 'kept-for-major'
  | 'coordinated'
  | 'asked-for'
  | 'never-pages'

/** The decision, with the sentence for people. `spends` says that it counts against the budget. */
export type PageDecision = { page: boolean; code: PageCode; reason: string; spends: boolean }

/** Codes of pages that were wanted and held. */
export const HELD_CODES: readonly PageCode[] = ['budget', 'kept-for-major', 'coordinated']

/** From this budget on, the last page of a week is not for a mere incident. */
const KEEP_ONE_FROM_BUDGET = 3

/** Pages that still count at `nowMs`. One that lies ahead, because a clock went back, counts. */
export const pagesOfWeek = (brand: BrandAlerting, nowMs: number): BrandAlerting['pages'] =>
  brand.pages.filter((page) => page.at > nowMs - WEEK_MS)

/**
 * Whether an issue that opened, escalated or came back pages. A crisis always does and spends nothing. Others spend
 * one of `pagesPerWeek` in a rolling 7 days, once per life of the issue. So that the first minor thing does not eat
 * the week, an incident leaves the last page to a major, and what looks coordinated counts one severity lower.
 */
export const decidePage = (
  brand: BrandAlerting,
  issue: { severity: Severity; authenticity: Authenticity; pagedAs: Severity | null },
  pagesPerWeek: number,
  nowMs: number,
): PageDecision => {
  const { severity, authenticity, pagedAs } = issue
  if (severity === 'crisis' && pagedAs !== 'crisis') return granted('crisis', 'paged: a crisis always pages', false)
  if (pagedAs !== null) return refused('already-paged', `not paged again: paged already as ${pagedAs}`)
  const coordinated = authenticity === 'coordinated'
  if (coordinated && severity === 'incident') return refused('coordinated', 'held: looks coordinated')
  const used = pagesOfWeek(brand, nowMs).length
  if (used >= pagesPerWeek) return refused('budget', `held: budget, ${used} of ${pagesPerWeek} this week`)
  const minor = SEVERITY_RANK[severity] < SEVERITY_RANK.major || coordinated
  if (minor && pagesPerWeek >= KEEP_ONE_FROM_BUDGET && used === pagesPerWeek - 1) {
    return refused('kept-for-major', `held: ${used} of ${pagesPerWeek} this week, the last is kept for a major issue`)
  }
  return granted('budget-left', `paged: ${used + 1} of ${pagesPerWeek} this week`, true)
}

/** A decision that needs no budget. */
export const granted = (code: PageCode, reason: string, spends: boolean): PageDecision => ({
  page: true,
  code,
  reason,
  spends,
})

export const refused = (code: PageCode, reason: string): PageDecision => ({ page: false, code, reason, spends: false })
