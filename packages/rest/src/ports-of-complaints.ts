import type { Authenticity, ComplaintChange, ComplaintOutcome, ComplaintRecord, Unanswered } from '@outcry/contracts'
import type { Act } from './ports-of-writes.ts'
import type { IssueRecord, MentionRow } from './ports-of-issues.ts'
import type { Page, PageRequest } from './ports-of-lists.ts'

/** The most urgent first (unanswered, seen by many, old), those of most reach, or the oldest. */
export type ComplaintSort = 'urgent' | 'reach' | 'age'

/** Fields that are absent filter nothing. An assignee of null is nobody. */
export type ComplaintFilter = {
  answered?: boolean | undefined
  assignee?: string | null | undefined
  outcomes: readonly (ComplaintOutcome | 'none')[]
  /** As a person judged them. */
  authenticity: readonly (Authenticity | 'none')[]
}

/** A complaint of an issue: the post, and what people said of it. `key` is its place in the order asked for. */
export type ComplaintRow = MentionRow &
  ComplaintRecord & {
    key: number
    /** The platform, by the connector that read it. */
    platform: string
    /** Its author and the followers. */
    reach: number
    engagement: { likes?: number; replies?: number; reposts?: number; votes?: number }
    /** Messages in public of the complainant and of the brand, and the advice to lead it on elsewhere. */
    exchange: { byPerson: number; byBrand: number; advice: string | null }
    /** How genuine it is taken to be, with why; what a person said is in `authenticity`. */
    estimate: { is: Authenticity; reasons: readonly string[] }
  }

export type ComplaintSummary = Unanswered & {
  handedOff: number
  /** How many complaints have each. */
  outcomes: Record<string, number>
  assignees: Record<string, number>
  /** As people judged them. */
  authenticity: Record<string, number>
}

/** Complaints of an issue. Reposts and what the brand writes itself are none. */
export type ComplaintPort = {
  list(issue: IssueRecord, filter: ComplaintFilter, sort: ComplaintSort, page: PageRequest): Promise<Page<ComplaintRow>>
  summary(issueId: string): Promise<ComplaintSummary>
  /**
   * Says the same of several. `unknown`: these are no complaints of the issue, and nothing changed. `overtaken`: somebody
   * changed them since they were seen; they stay as they are.
   */
  triage(
    issue: IssueRecord,
    wish: { seen: readonly { mentionId: string; version: number }[]; change: ComplaintChange },
    act: Act,
  ): Promise<
    | { kind: 'done'; changed: readonly ComplaintRow[]; overtaken: readonly ComplaintRow[] }
    | { kind: 'unknown'; ids: readonly string[] }
  >
}
