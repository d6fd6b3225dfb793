import {
  type Evidence,
  isDrill,
  type IssueEvent,
  SEVERITY_RANK,
  type Severity,
  type TypeOfIssue,
} from '@outcry/contracts'
import { judgedIssue } from './judged-issue.ts'
import { pageWorth } from './page-worth.ts'
import type { IssueView } from './state.ts'

/** Events remembered per issue; the outbox already tells each once, this covers a caller that reads it again. */
const SEEN_EVENTS = 64

/** An issue as its first event founds it. */
export const foundIssue = (event: IssueEvent, nowMs: number, languages?: readonly string[]): IssueView => ({
  id: event.issueId,
  brand: event.brand,
  clusterId: event.clusterId,
  state: 'open',
  severity: event.severity,
  since: event.evidence.since,
  openedAt: event.at,
  updatedAt: event.at,
  calm: false,
  calmSince: null,
  drill: isDrill(event.brand),
  life: 0,
  pagedAs: null,
  pageReason: '',
  worth: pageWorth(event),
  saidAt: nowMs,
  saidAuthors: 0,
  told: [],
  held: [],
  calledAt: null,
  clocks: {},
  ...(languages === undefined ? {} : { languages }),
  evidence: event.evidence,
  acknowledged: null,
  announced: null,
  closed: null,
  mergedInto: null,
  splitFrom: event.splitFrom ?? null,
  recurrenceOf: event.recurrenceOf ?? null,
  seenEvents: [event.id],
})

/** The issue with an event's evidence, and with the graver of the two severities. */
export const takeIn = (issue: IssueView, event: IssueEvent, languages?: readonly string[]): IssueView => {
  const severity = graver(issue.severity, event.severity)
  const taken: IssueView = {
    ...issue,
    clusterId: event.clusterId,
    severity,
    since: event.evidence.since,
    updatedAt: Math.max(issue.updatedAt, event.at),
    evidence: event.evidence,
    ...(languages === undefined ? {} : { languages }),
    seenEvents: [...issue.seenEvents, event.id].slice(-SEEN_EVENTS),
  }
  const judged = issue.judged ? judgedIssue(taken, issue.judged) : taken
  return { ...judged, worth: pageWorth(judged) }
}

/** The issue as what it is proposed to be; what a person said stays, and so does what is proposed again. */
export const typed = (issue: IssueView, type: TypeOfIssue | undefined): IssueView => {
  const before = issue.type
  if (type === undefined || (before?.by ?? null) !== null) return issue
  return before?.id === type.id && before.reason === type.reason ? issue : { ...issue, type }
}

/** Begins the next life of a resolved issue: same id, nobody told, nobody paged, nobody on it. */
export const reopen = (issue: IssueView, nowMs: number): IssueView => ({
  ...issue,
  state: 'open',
  calm: false,
  calmSince: null,
  life: issue.life + 1,
  reopenedAt: nowMs,
  pagedAs: null,
  told: [],
  held: [],
  calledAt: null,
  clocks: {},
  acknowledged: null,
  announced: null,
  closed: null,
})

const GROWTH_FACTOR = 1.5
const GROWTH_PEOPLE = 5

/** Half as many people again, and at least 5 more, than the last alert said. */
export const hasGrown = (issue: IssueView, evidence: Evidence): boolean =>
  evidence.authors >= issue.saidAuthors * GROWTH_FACTOR && evidence.authors >= issue.saidAuthors + GROWTH_PEOPLE

export const graver = (one: Severity, other: Severity): Severity =>
  SEVERITY_RANK[other] > SEVERITY_RANK[one] ? other : one
