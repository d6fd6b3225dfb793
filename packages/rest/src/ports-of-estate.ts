import type { Severity, SourceState } from '@outcry/contracts'
import type { IssueRecord } from './ports-of-issues.ts'
import type { BrandScope } from './ports-of-lists.ts'

export type BrandRow = {
  id: string
  name: string
  openIssues: Record<Severity, number>
  pagesPerWeek: number
  /** Pages of the rolling 7 days that count against the budget: a crisis does not. */
  pagesUsed: number
  paging: PagingRow
  sources: Record<SourceState, number>
  /** New: until when (epoch ms) it has too little to compare with, null before its first mention. Null once that is over. */
  learning: { until: number | null } | null
}

/** How a brand's page budget stands, and what became of it. */
type PagingRow = {
  /** What an issue has to be worth, of 10, to page now; null while no page is left. */
  price: number | null
  /** When the next page comes back, epoch ms. */
  freeAt: number | null
  /** Pages of each of the last weeks, the newest first, and how many of them were crises. */
  weeks: readonly { pages: number; crises: number }[]
  /** Pages a week that were achieved over these weeks, or over the fewer that the brand was watched. */
  perWeek: number
  /** Paged issues that people closed in these weeks, and how many of them they dismissed. */
  closed: number
  dismissed: number
  /** Issues that wanted a page and got none, and that nobody took. */
  held: number
}

export type BrandReader = {
  list(scope: BrandScope): Promise<BrandRow[]>
  /** One brand with its held issues: the open ones and those of the last 7 days, the most worth first, at most 50. */
  pages(id: string): Promise<{ row: BrandRow; held: IssueRecord[] } | null>
}

export type SourceRow = {
  name: string
  connector: string
  /** Brands it may speak of; null is all. */
  brands: readonly string[] | null
  state: SourceState
  reason: string
  /** What a person may do about it; null where nothing is amiss. */
  fix: string | null
  stateSince: number | null
  lastEventAt: number | null
  /** Up to when it has delivered everything. */
  sourceTime: number | null
  /** How far that is behind now; null for a replay, whose clock is its own. */
  lagMs: number | null
  gaps: number
}

export type SourceReader = { list(): Promise<SourceRow[]> }
