import { SEVERITY_RANK } from '@outcry/contracts'
import { isActive, type IssueView } from '../state.ts'

/** Whether people are expected to do something about an issue: it paged, is major or worse, or somebody took it. */
const callsPeople = ({ pagedAs, severity, state }: IssueView): boolean =>
  pagedAs !== null || SEVERITY_RANK[severity] >= SEVERITY_RANK.major || state !== 'open'

/**
 * Since when people are called to an issue, wall time in epoch ms: that is when its clocks begin. Null before, and while
 * every message of it waits.
 */
export const calledSince = ({ calledAt = null }: IssueView): number | null => calledAt

/** The issue after a message of it that `reached` somebody, or that nobody is to get later. */
export const withCall = (issue: IssueView, reached: boolean, nowMs: number): IssueView =>
  reached && isActive(issue) && calledSince(issue) === null && callsPeople(issue)
    ? { ...issue, calledAt: nowMs }
    : issue

/** The issue as it is looked at: one that an older release stored is called to from now on, not overdue at once. */
export const withKnownCall = (issue: IssueView, nowMs: number): IssueView =>
  issue.calledAt === undefined ? withCall({ ...issue, calledAt: null }, true, nowMs) : issue
