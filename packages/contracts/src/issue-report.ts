import type { ComplaintOutcome, Unanswered } from './complaint.ts'
import type { Evidence, IssueState, Severity } from './issue.ts'
import type { KnownEvent } from './known-event.ts'
import type { Statement } from './statement.ts'

/** When each step of an issue was first taken, epoch ms; null where it was not. */
export type IssueTimes = {
  /** Since when people complain. */
  onset: number
  /** When Outcry opened the issue. */
  detected: number
  paged: number | null
  acknowledged: number | null
  /** The first brief of the own front line. */
  briefed: number | null
  /** The first word to the public, by a statement or as a person said. */
  announced: number | null
  /** When the company first said that it is over: by a thank-you, or a person by resolving it. A reopening takes that back. */
  fixed: number | null
  /** The last time it was resolved; null while it is open, and where it was dismissed or merged. */
  resolved: number | null
  /** When the thank-you was published on the last of the channels on which people were told. */
  thanked: number | null
}

export type TimedStep = Exclude<keyof IssueTimes, 'onset'>

/** How long each step took, in ms, never negative: `detected` from the onset, every other from the detection. */
export type IssueDurations = Record<TimedStep, number | null>

/** Distinct people who complained in a span of time; epoch ms, the end not included. */
export type CountedSpan = { fromMs: number; toMs: number; people: number }

/** `too-early`: as good as nothing can be told yet, and the hour after the fix goes on. */
export type FallVerdict = 'fell' | 'not-yet' | 'too-early' | 'too-few-to-tell'

/** Whether complaints fell. `odds` is how likely so few or fewer are after the fix where nothing changed, 0 to 1. */
export type ComplaintFall = {
  verdict: FallVerdict
  before: CountedSpan
  after: CountedSpan
  odds: number
  /** One sentence, for people. */
  words: string
}

/** How far an issue reaches. */
export type Exposure = {
  /** Whoever may have seen the posts: their writers and these's followers, some of them counted twice. */
  reach: number
  /** Complaints without an answer, 0 to 1; null where nothing is known of answers. */
  unansweredShare: number | null
  /** About how many people it concerns, from and to; null where the voices do not speak for people. */
  affected: { low: number; high: number } | null
  /** What the estimate rests on, as a sentence. */
  assumption: string
}

/** An event beside an issue, with how it lies to the onset; `beforeOnsetMs` is negative where it began after it. */
export type NearEvent = KnownEvent & { beforeOnsetMs: number; words: string }

/** An earlier issue, as far as it is named. `openedAt` in epoch ms. */
export type EarlierIssue = { id: string; label: string; state: IssueState; severity: Severity; openedAt: number }

/** How often the same was amiss before an issue opened, in these many days; and the latest of these issues. */
export type Recurrence = {
  /** Null where the issue is of no type: then only what it is known to recur counts. */
  issueType: string | null
  days30: number
  days90: number
  days365: number
  /** The latest before others; bounded. */
  earlier: readonly EarlierIssue[]
  words: string
}

/** People who complained, by steps of time; epoch ms. */
export type PeopleSeries = {
  fromMs: number
  toMs: number
  stepMs: number
  /** Steps without anybody are left out. */
  steps: readonly { at: number; people: number }[]
}

/** All that is told of an issue afterwards. Times in epoch ms. Names nobody but those who used Outcry. */
export type IssueReport = {
  /** As of when. */
  madeAt: number
  issue: {
    id: string
    brand: string
    brandName: string
    label: string
    severity: Severity
    state: IssueState
    issueType: string | null
    drill: boolean
  }
  evidence: Pick<
    Evidence,
    'mentions' | 'authors' | 'windowMs' | 'observed' | 'expected' | 'platforms' | 'authenticity' | 'reasons'
  >
  /** Posts as links with short excerpts, without who wrote or was addressed. */
  posts: readonly { at: number; source: string; excerpt: string; url: string | null }[]
  times: IssueTimes
  durations: IssueDurations
  exposure: Exposure
  /** Null: nothing can be compared, for the reason that `fallWords` says. */
  fall: ComplaintFall | null
  fallWords: string
  /** Null once the posts are no longer kept. */
  series: PeopleSeries | null
  events: readonly NearEvent[]
  statements: readonly Pick<
    Statement,
    'id' | 'kind' | 'language' | 'state' | 'text' | 'writtenBy' | 'approvedBy' | 'publications'
  >[]
  timeline: readonly { at: number; actor: string; words: string }[]
  /** Null where no complaint is known any more. */
  standing: Unanswered | null
  /** Complaints by what became of them, as people said. */
  outcomes: Readonly<Partial<Record<ComplaintOutcome, number>>>
  recurrence: Recurrence
}

/** How an issue that is over was answered, and what became of it. */
export type PastResponse = {
  issueType: string | null
  /** Offered in what was published. */
  remedies: readonly string[]
  /** From the detection to the first word to the public; null where there was none. */
  announcedMs: number | null
  /** From the first word to the public, or the detection where there was none, until complaints were usual again. */
  calmMs: number | null
  reopened: boolean
  /** Complaints by what became of them, as people said. */
  outcomes: Readonly<Partial<Record<ComplaintOutcome, number>>>
}

export type TimeToAnswer = 'within 15 min' | 'within 1 h' | 'within 4 h' | 'later' | 'never'

/** Past issues that were answered alike, and what became of them. */
export type WhatWorked = {
  issueType: string | null
  /** Null: none was offered in public. */
  remedy: string | null
  answered: TimeToAnswer
  issues: number
  reopened: number
  medianCalmMs: number | null
  outcomes: Partial<Record<ComplaintOutcome, number>>
}
