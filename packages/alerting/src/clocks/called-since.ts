import { SEVERITY_RANK } from '@outcry/contracts'
import { isActive, type IssueView } from '../state.ts'

/** Whether people are expected to do something about an issue: it paged, is major or worse, or somebody took it. */
const callsPeople = ({ pagedAs, severity, state }: IssueView): boolean =>
  pagedAs !== null || SEVERITY_RANK[severity] >= SEVERITY_RANK.major || state !== 'open'

/**
 * Since when people are called to an issue, wall time in epoch ms: that is when its clocks begin. Null before, and while
 * every message of it waits.
 */
export const calledSince = (issue: IssueView): number | null => {
  if (issue.calledAt !== undefined) return issue.calledAt
  return callsPeople(issue) ? (issue.reopenedAt ?? issue.openedAt) : null
}

/** The issue after a message of it that `reached` somebody, or that nobody is to get later. */
export const withCall = (issue: IssueView, reached: boolean, nowMs: number): IssueView =>
  reached && isActive(issue) && calledSince(issue) === null && callsPeople(issue)
    ? { ...issue, calledAt: nowMs }
    : issue
