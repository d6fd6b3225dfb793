import type { Authenticity, Clock, Evidence, IssueState, Severity, SourceDelay, TypeOfIssue } from '@outcry/contracts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'

/** An issue as people handle it. Times are epoch ms. */
export type IssueRecord = {
  id: string
  brand: string
  state: IssueState
  severity: Severity
  calm: boolean
  drill: boolean
  openedAt: number
  updatedAt: number
  /** Rises with every change. */
  revision: number
  clusterId: string
  /** Whether it paged, and why or why not. */
  page: boolean
  pageReason: string
  /** Messages that wait for quiet hours or a mute to end, one a target. */
  waiting: readonly { target: string; since: number; until: number; reason: string }[]
  /** It wanted a page in its present life and got none. */
  held: boolean
  /** What a page about it is worth, of 10; null where an older release decided. */
  worth: number | null
  mergedInto: string | null
  recurrenceOf: string | null
  /** What people owe to it by when; epoch ms. */
  clocks: readonly Clock[]
  /** How genuine a person says it is, and what the detector sees; null where nobody said. */
  judged: { by: string; at: number; reason: string; seen: Authenticity } | null
  /** Who acknowledged it. */
  acknowledgedBy: string | null
  /** The issue type whose playbook counts: as a person said, else as proposed, else as it was counted. */
  issueType: string | null
  /** Who or what says so, and why. */
  type: TypeOfIssue
  evidence: Evidence
}

/** One issue, with how late its evidence came in by source. */
export type IssueDetail = IssueRecord & { delays: readonly SourceDelay[] }

export type IssuePage = 'paged' | 'held' | 'none'

export type IssueFilter = {
  scope: BrandScope
  brands: readonly string[]
  states: readonly IssueState[]
  severities: readonly Severity[]
  /** Opened or changed at or after, epoch ms. */
  since: number | null
  /** Part of the label, any case. */
  text: string | null
  drill: boolean | null
  /** Paged in its present life, held, or neither. */
  pages: readonly IssuePage[]
}

/** A post of an issue, as stored. */
export type MentionRow = {
  id: string
  source: string
  at: number
  text: string
  title: string | null
  lang: string | null
  url: string | null
  complaint: number
  followers: number | null
  rating: { value: number; min: number; max: number } | null
}

export type TimelineRow = { id: string; at: number; kind: string; actor: string; body: Record<string, unknown> }

/** Issues, newest first by opening; their posts newest first; their timeline oldest first. */
export type IssueReader = {
  list(filter: IssueFilter, page: PageRequest): Promise<Page<IssueRecord>>
  /** With its totals as they stand now, and its clocks. */
  get(id: string): Promise<IssueDetail | null>
  /** As it is on record: totals as they were when it last changed, and no clocks. */
  find(id: string): Promise<IssueRecord | null>
  mentions(issueId: string, page: PageRequest): Promise<Page<MentionRow>>
  /** Those of some ids that are posts of the issue. */
  postsAmong(issueId: string, ids: readonly string[]): Promise<readonly string[]>
  timeline(issueId: string, page: PageRequest): Promise<Page<TimelineRow>>
}
