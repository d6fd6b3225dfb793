import { mutedReason, muteOf } from './mute.ts'
import { decidePage, type PageDecision, refused } from './page-budget.ts'
import { plannedEventOf, plannedReason } from './planned-event.ts'
import type { AlertingSettings } from './settings.ts'
import type { BrandAlerting, IssueView } from './state.ts'

/**
 * Whether an issue pages: as the budget says, unless somebody muted it or a planned event explains it. What is held so
 * spends nothing and asks again when mute or event ends. A crisis pages in spite of a mute, and a planned event holds
 * incidents only.
 */
export const askPage = (
  brand: BrandAlerting,
  issue: IssueView,
  { pagesPerWeek, mutes = [], planned = [] }: Pick<AlertingSettings, 'pagesPerWeek' | 'mutes' | 'planned'>,
  nowMs: number,
): PageDecision => {
  if (issue.severity !== 'crisis' && !issue.drill && issue.pagedAs === null) {
    const mute = muteOf(mutes, issue, nowMs)
    if (mute !== null) return refused('muted', mutedReason(mute))
    const event = issue.severity === 'incident' ? plannedEventOf(planned, issue, nowMs) : null
    if (event !== null) return refused('planned', plannedReason(event))
  }
  return decidePage(brand, issue, pagesPerWeek, nowMs)
}
