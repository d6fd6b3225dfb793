import type { ComplaintRecord, IssueReport, ReportDocument, WhatWorked } from '@outcry/contracts'
import type { BrandScope } from './ports-of-lists.ts'
import type { IssueFilter, IssueRecord } from './ports-of-issues.ts'

/** A complaint as it leaves the system: without who wrote it. `at` is epoch ms. */
export type ExportedComplaint = Pick<
  ComplaintRecord,
  'answer' | 'assignee' | 'handOff' | 'outcome' | 'authenticity'
> & {
  at: number
  source: string
  text: string
  url: string | null
  lang: string | null
  reach: number
  messages: { byPerson: number; byBrand: number }
}

/** What is told of issues afterwards. */
export type ReportPort = {
  /** `fixedAt`, epoch ms, is when it was fixed, where that is known better than from what is on record. */
  report(issue: IssueRecord, fixedAt: number | null): Promise<{ report: IssueReport; document: () => ReportDocument }>
  /** What became of issues that were resolved and opened in the last days, by how they were answered; bounded. */
  whatWorked(
    filter: { scope: BrandScope; brands: readonly string[] },
    days: number,
  ): Promise<{ issues: number; rows: readonly WhatWorked[] }>
  /** Every issue that the filter lets through, the latest opened first. */
  issues(filter: IssueFilter): AsyncIterable<IssueRecord>
  /** Every complaint of an issue whose post is still kept, the oldest first. */
  complaints(issueId: string): AsyncIterable<ExportedComplaint>
}
