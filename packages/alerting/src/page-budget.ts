import type { Evidence, Severity } from '@outcry/contracts'
import { budgetStanding } from './page-price.ts'
import { pageWorth } from './page-worth.ts'
import type { BrandAlerting, IssueView } from './state.ts'

/** Why an alert pages or not: few and fixed, so that metrics can count them. */
export type PageCode =
  | 'crisis'
  | 'worth-it'
  | 'takes-over'
  | 'already-paged'
  | 'budget'
  | 'price'
  | 'coordinated'
  | 'asked-for'
  | 'never-pages'

/** The decision, with the sentence for people. `spends` says that it counts against the budget. */
export type PageDecision = { page: boolean; code: PageCode; reason: string; spends: boolean }

/** Codes of pages that were wanted and held. */
export const HELD_CODES: readonly PageCode[] = ['budget', 'price', 'coordinated']

/** How the sentence of a held page begins, in alerts, views and database alike. */
const HELD = 'held: '

/** Whether the issue wanted a page in this life and did not get one. */
export const isHeld = (issue: Pick<IssueView, 'pagedAs' | 'pageReason'>): boolean =>
  issue.pagedAs === null && issue.pageReason.startsWith(HELD)

/**
 * Whether an issue that opened, escalated, grew or came back pages. A crisis always does and spends nothing. Others
 * spend one of `pagesPerWeek` in a rolling 7 days, once per life of the issue, where they are worth what a page costs.
 */
export const decidePage = (
  brand: BrandAlerting,
  issue: { id: string; severity: Severity; evidence: Evidence; pagedAs: Severity | null },
  pagesPerWeek: number,
  nowMs: number,
): PageDecision => {
  const { severity, pagedAs } = issue
  if (severity === 'crisis' && pagedAs !== 'crisis') return granted('crisis', 'paged: a crisis always pages', false)
  if (pagedAs !== null) return refused('already-paged', `not paged again: paged already as ${pagedAs}`)
  const worth = pageWorth(issue)
  const coordinated = issue.evidence.authenticity === 'coordinated'
  if (coordinated && severity === 'incident') return refused('coordinated', `${HELD}looks coordinated`)
  const { used, price } = budgetStanding(brand, pagesPerWeek, nowMs, issue.id)
  if (pagesPerWeek === 0) return refused('budget', `${HELD}the page budget is 0, only a crisis pages`)
  if (price === null) {
    return refused('budget', `${HELD}${used} of ${pagesPerWeek} pages used this week; worth ${worth} of 10`)
  }
  // In the past tense: the sentence is read again when a page costs something else.
  const facts = `worth ${worth} of 10 when a page cost ${price}`
  if (worth < price) {
    const doubt = coordinated ? '; looks coordinated' : ''
    return refused('price', `${HELD}${facts}; ${used} of ${pagesPerWeek} pages used this week${doubt}`)
  }
  return granted('worth-it', `paged: ${facts}; ${used + 1} of ${pagesPerWeek} pages used this week`, true)
}

/** A decision that needs no budget. */
export const granted = (code: PageCode, reason: string, spends: boolean): PageDecision => ({
  page: true,
  code,
  reason,
  spends,
})

export const refused = (code: PageCode, reason: string): PageDecision => ({ page: false, code, reason, spends: false })
