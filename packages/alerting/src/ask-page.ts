import { mutedReason, muteOf } from './mute.ts'
import { decidePage, type PageDecision, refused } from './page-budget.ts'
import type { AlertingSettings } from './settings.ts'
import type { BrandAlerting, IssueView } from './state.ts'

/**
 * Whether an issue pages: as the budget says, unless somebody muted it. A muted one spends nothing and asks again when
 * the mute ends. A crisis pages in spite of a mute.
 */
export const askPage = (
  brand: BrandAlerting,
  issue: IssueView,
  { pagesPerWeek, mutes = [] }: Pick<AlertingSettings, 'pagesPerWeek' | 'mutes'>,
  nowMs: number,
): PageDecision => {
  const mute = issue.severity === 'crisis' || issue.drill || issue.pagedAs !== null ? null : muteOf(mutes, issue, nowMs)
  return mute === null ? decidePage(brand, issue, pagesPerWeek, nowMs) : refused('muted', mutedReason(mute))
}
