import type { Evidence, Severity } from '@outcry/contracts'
import { budgetStanding } from './page-price.ts'
import { HELD, keptReason, pagedReason, spentReason } from './page-reason.ts'
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
  | 'muted'
  | 'planned'
  | 'overdue'
  | 'asked-for'
  | 'never-pages'

/** The decision, with the sentence for people. `spends` says that it counts against the budget. */
export type PageDecision = { page: boolean; code: PageCode; reason: string; spends: boolean }

/** Codes of pages that were wanted and held. */
export const HELD_CODES: readonly PageCode[] = ['budget', 'price', 'coordinated', 'muted', 'planned']

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
  const standing = budgetStanding(brand, pagesPerWeek, nowMs, issue.id)
  const { price } = standing
  if (price === null) return refused('budget', spentReason(standing))
  if (worth < price) return refused('price', keptReason(issue, standing, price))
  return granted('worth-it', pagedReason(standing), true)
}

/** A decision that needs no budget. */
export const granted = (code: PageCode, reason: string, spends: boolean): PageDecision => ({
  page: true,
  code,
  reason,
  spends,
})

export const refused = (code: PageCode, reason: string): PageDecision => ({ page: false, code, reason, spends: false })
