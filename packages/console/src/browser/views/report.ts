import type { ComplaintOutcome, FallVerdict, IssueState, KnownEventKind, Severity, TimedStep } from '@outcry/contracts'

export type NearEvent = {
  id: string
  kind: KnownEventKind
  title: string
  url: string | null
  /** Those that who looks may see; null is every brand. */
  brands: string[] | null
  at: string
  until: string | null
  words: string
  postedBy: string
}
type Span = { from: string; to: string; people: number }
/** What is told of an issue afterwards. Times are ISO 8601. */
export type IssueReport = {
  times: { onset: string } & Record<TimedStep, string | null>
  durationsMs: Record<TimedStep, number | null>
  exposure: {
    reach: number
    unansweredShare: number | null
    affected: { low: number; high: number } | null
    assumption: string
  }
  fall: { verdict: FallVerdict; before: Span; after: Span } | null
  fallWords: string
  series: { from: string; to: string; stepMs: number; steps: { at: string; people: number }[] } | null
  events: NearEvent[]
  complaints: { complaints: number; unanswered: number } | null
  outcomes: Partial<Record<ComplaintOutcome, number>>
  recurrence: {
    earlier: { id: string; label: string; state: IssueState; severity: Severity; openedAt: string }[]
    words: string
  }
}
export type WhatWorked = {
  issueType: string | null
  remedy: string | null
  answered: string
  issues: number
  reopened: number
  medianCalmMs: number | null
  outcomes: Partial<Record<ComplaintOutcome, number>>
}
