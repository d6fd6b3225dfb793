import type { Authenticity, Severity, SuppressedBurst } from '@outcry/contracts'

/** Counts of one brand in equal steps; `expected` is what the baseline expects of complaints in a step. */
export type BrandSeries = {
  startMs: number
  stepMs: number
  mentions: number[]
  complaints: number[]
  expected: (number | null)[]
}

export type BrandReport = {
  brand: string
  mentions: number
  complaints: number
  people: number
  issues: number
  pages: number
  held: number
  /** Pages that the brand may cost in 7 days. */
  budget: number
  /** Pages of each week from the first mention on, and in the mean; a crisis pages beyond the budget. */
  pagesByWeek: readonly number[]
  pagesAWeek: number
  series: BrandSeries
}

/** The strongest window of an issue, at its highest severity. */
export type IssuePeak = Pick<IssueReport, 'severity' | 'observed' | 'expected' | 'windowMs'> & { atMs: number }

/** One issue as it stands at the end of the history; texts are excerpts. */
export type IssueReport = {
  issueId: string
  brand: string
  label: string
  terms: readonly string[]
  issueType: string | null
  /** As it stands in the end. */
  severity: Severity
  authenticity: Authenticity
  state: 'open' | 'calm' | 'resolved' | 'merged' | 'dismissed'
  sinceMs: number
  openedMs: number
  lastMs: number
  /** When it opened: how grave it was then, and the window that opened it. */
  openedAs: Severity
  observed: number
  expected: number
  windowMs: number
  tailProbability: number
  peak: IssuePeak
  mentions: number
  people: number
  page: boolean
  pageReason: string
  /** It wanted a page and got none. */
  held: boolean
  /** What a page about it was worth in the end, of 10. */
  worth: number
  reasons: readonly string[]
  excerpts: readonly { atMs: number; source: string; text: string; url: string | null }[]
}

/** What a backtest found. Times are epoch ms here and ISO 8601 in report.json. */
export type BacktestReport = {
  settingsDigest: string
  firstMs: number
  lastMs: number
  mentions: number
  complaints: number
  duplicates: number
  late: number
  refused: number
  brands: readonly BrandReport[]
  issues: readonly IssueReport[]
  /** What came near and opened nothing, in order of `at`. */
  suppressed: readonly SuppressedBurst[]
  alerts: number
  pages: number
}
