import { type IssueEvent, SEVERITY_RANK, type TypeOfIssue } from '@outcry/contracts'
import { askPage } from './ask-page.ts'
import { type Decision, keep, note, say, undecided } from './decision.ts'
import { foundIssue, hasGrown, reopen, takeIn, typed } from './issue-view.ts'
import { granted, isHeld, type PageDecision, refused } from './page-budget.ts'
import { rememberAsking } from './page-demand.ts'
import { withoutPagesAhead } from './page-price.ts'
import { pageWorth } from './page-worth.ts'
import type { AlertingSettings } from './settings.ts'
import { type BrandAlerting, isActive, type IssueView } from './state.ts'

const DETECTOR = 'detector'

/**
 * What a fact about an issue leads to. Pure and idempotent by event id.
 *
 * `issue` is the view of `event.issueId` and `successor` that of `event.mergedInto`, null where there is none. `nowMs`
 * is the clock of budget and rate: wall time when live, the event clock in a backtest.
 */
export const decideEvent = (input: {
  brand: BrandAlerting
  issue: IssueView | null
  successor: IssueView | null
  event: IssueEvent
  settings: AlertingSettings
  nowMs: number
  /** What the posts of the event are written in, where a route asks for it. */
  languages?: readonly string[]
  /** What the event's words propose that the issue is about; what a person said stays. */
  type?: TypeOfIssue
}): Decision => {
  const { issue, event, nowMs } = input
  const decision = undecided(withoutPagesAhead(input.brand, nowMs))
  if (issue === null) {
    if (tellsOfActivity(event)) found(decision, input)
  } else if (!issue.seenEvents.includes(event.id)) {
    advance(decision, issue, input)
  }
  return decision
}

type Input = Parameters<typeof decideEvent>[0]

const found = (decision: Decision, { event, settings, nowMs, languages, type }: Input): void => {
  const issue = typed(foundIssue(event, nowMs, languages), type)
  // A person who splits an issue looks at it already.
  const page =
    event.commandId === undefined
      ? pageFor(decision, issue, settings, nowMs)
      : refused('asked-for', 'not paged: opened by a person')
  const reason = issue.recurrenceOf !== null ? 'recurrence' : issue.splitFrom !== null ? 'split' : 'burst'
  const cause = { kind: 'opened', reason, causeId: event.id, at: event.at, actor: DETECTOR, page } as const
  const opened = say(decision, issue, cause, settings, nowMs)
  if (event.kind === 'calm') keep(decision, { ...opened, calm: true, calmSince: nowMs })
  if (event.commandId === undefined) remember(decision, issue, nowMs)
}

const advance = (decision: Decision, before: IssueView, input: Input): void => {
  const { event, nowMs } = input
  const issue = typed(takeIn(before, event, input.languages), input.type)
  keep(decision, issue)
  react(decision, before, issue, input)
  const after = decision.issues.find(({ id }) => id === issue.id)
  if (after !== undefined && isActive(after)) remember(decision, after, nowMs)
}

const react = (decision: Decision, before: IssueView, taken: IssueView, input: Input): void => {
  const { event, settings, nowMs } = input
  let issue = taken
  const cause = { causeId: event.id, at: event.at, actor: DETECTOR }
  if (!isActive(before)) {
    if (event.kind === 'reopened' && before.state === 'resolved') {
      const reopened = reopen(issue, nowMs)
      const page = pageFor(decision, reopened, settings, nowMs)
      say(decision, reopened, { ...cause, kind: 'escalated', reason: 'reopened', page }, settings, nowMs)
    }
    return
  }
  if (event.kind === 'merged') return merge(decision, issue, input)
  if (event.kind === 'resolved' || event.kind === 'dismissed') return close(decision, issue, event, input)
  if (SEVERITY_RANK[event.severity] > SEVERITY_RANK[before.severity]) {
    const page = pageFor(decision, issue, settings, nowMs)
    say(
      decision,
      calmed(issue, event, nowMs),
      { ...cause, kind: 'escalated', reason: 'severity', page },
      settings,
      nowMs,
    )
    return
  }
  if (asksAgain(before, issue, event)) {
    const page = pageFor(decision, issue, settings, nowMs)
    if (page.page) {
      const reason = event.kind === 'active' || event.kind === 'reopened' ? 'active' : 'growth'
      say(decision, calmed(issue, event, nowMs), { ...cause, kind: 'escalated', reason, page }, settings, nowMs)
      return
    }
    issue = { ...issue, pageReason: page.reason }
    keep(decision, issue)
  }
  switch (event.kind) {
    case 'calm':
      if (!before.calm) {
        say(decision, calmed(issue, event, nowMs), { ...cause, kind: 'updated', reason: 'calm' }, settings, nowMs)
      }
      return
    case 'active':
    case 'reopened':
      if (before.calm) {
        say(decision, calmed(issue, event, nowMs), { ...cause, kind: 'updated', reason: 'active' }, settings, nowMs)
      }
      return
    case 'opened':
    case 'grew':
    case 'severity':
    case 'split':
    case 'evidence':
      if (nowMs - before.saidAt >= settings.updateEveryMs && hasGrown(before, event.evidence)) {
        say(decision, calmed(issue, event, nowMs), { ...cause, kind: 'updated', reason: 'growth' }, settings, nowMs)
      }
  }
}

/**
 * Whether a held issue asks for its page anew without having become graver: while it burns and nobody took it, when it
 * is worth more than before, has really grown, or burns again.
 */
const asksAgain = (before: IssueView, issue: IssueView, event: IssueEvent): boolean => {
  if (!isHeld(before) || before.state !== 'open' || event.kind === 'calm') return false
  if (event.kind === 'active' || event.kind === 'reopened') return true
  return !before.calm && (pageWorth(issue) > (before.worth ?? 0) || hasGrown(before, event.evidence))
}

/** Calm begins with `calm` and ends with `active`; growth and severity leave it to the detector. */
const calmed = (issue: IssueView, event: IssueEvent, nowMs: number): IssueView => {
  if (event.kind === 'calm') return { ...issue, calm: true, calmSince: issue.calmSince ?? nowMs }
  return event.kind === 'active' || event.kind === 'reopened' ? { ...issue, calm: false, calmSince: null } : issue
}

/**
 * Ends an issue with a pointer to the one that goes on, and hands its page on so that nobody loses sight of it: unless
 * that one has paged itself, or a person took it.
 */
const merge = (decision: Decision, issue: IssueView, { event, successor, settings, nowMs }: Input): void => {
  const into = event.mergedInto ?? null
  const by = { by: DETECTOR, at: nowMs, reason: 'merged' }
  const merged: IssueView = { ...issue, state: 'merged', mergedInto: into, closed: by }
  const cause = { causeId: event.id, at: event.at, actor: DETECTOR }
  say(decision, merged, { ...cause, kind: 'resolved', reason: 'merged' }, settings, nowMs)
  if (successor === null || !isActive(successor)) return
  const known = successor.pagedAs !== null || successor.state !== 'open'
  if (issue.pagedAs === null || known) {
    note(decision, successor, { causeId: event.id, at: nowMs, actor: DETECTOR, kind: 'absorbed', body: {} })
    return
  }
  const page = granted('takes-over', 'paged: goes on in place of a paged issue that merged into it', false)
  say(decision, successor, { ...cause, kind: 'updated', reason: 'absorbed', page }, settings, nowMs)
}

/** A detector's own resolution gives way to a person who took the issue; one that carries a command does not. */
const close = (decision: Decision, issue: IssueView, event: IssueEvent, { settings, nowMs }: Input): void => {
  const cause = { causeId: event.id, at: event.at, actor: event.commandId === undefined ? DETECTOR : 'person' }
  if (event.kind === 'resolved' && event.commandId === undefined && issue.state !== 'open') {
    const body = { reason: 'stays open: once acknowledged, only a person resolves' }
    note(decision, issue, { causeId: event.id, at: nowMs, actor: DETECTOR, kind: 'not-resolved', body })
    return
  }
  const dismissed = event.kind === 'dismissed'
  const reason = dismissed ? 'dismissed' : event.commandId === undefined ? 'calm' : 'person'
  const closed: IssueView = {
    ...issue,
    state: dismissed ? 'dismissed' : 'resolved',
    closed: { by: cause.actor, at: nowMs, reason },
  }
  say(decision, closed, { ...cause, kind: 'resolved', reason }, settings, nowMs)
}

const pageFor = (decision: Decision, issue: IssueView, settings: AlertingSettings, nowMs: number): PageDecision =>
  askPage(decision.brand, issue, settings, nowMs)

const remember = (decision: Decision, issue: IssueView, nowMs: number): void => {
  decision.brand = rememberAsking(decision.brand, issue, pageWorth(issue), nowMs)
}

/** A first event that closes needs no issue; any other founds it, so that a lost first event loses no issue. */
const tellsOfActivity = (event: IssueEvent): boolean =>
  event.kind !== 'merged' && event.kind !== 'resolved' && event.kind !== 'dismissed'
