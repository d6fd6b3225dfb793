import type { Severity } from '@outcry/contracts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'
import type { IssueRecord } from './ports-of-issues.ts'

/** How an issue ends. */
export type IssueEnd = 'resolved' | 'dismissed' | 'merged'

/** Time to each step, ms; null where it was not taken. `detected` counts from the onset, every other from the detection. */
type StepTimes = Record<
  'detected' | 'paged' | 'acknowledged' | 'briefed' | 'announced' | 'resolved' | 'thanked',
  number | null
>

/** An issue that is over. `closedAt` is epoch ms, null where an older release closed it and did not say when. */
export type PastIssue = { issue: IssueRecord; closedAt: number | null; closedBy: string | null; steps: StepTimes }

type HistoryFilter = {
  scope: BrandScope
  brands: readonly string[]
  states: readonly IssueEnd[]
  severities: readonly Severity[]
  issueTypes: readonly string[]
  /** Opened at or after, and before, epoch ms. */
  since: number | null
  until: number | null
  /** Part of the label, any case. */
  text: string | null
  drill: boolean | null
}

/** Issues that are over, the latest opened first. */
export type HistoryReader = { list(filter: HistoryFilter, page: PageRequest): Promise<Page<PastIssue>> }
