import type { Config, Playbook, Statement } from '@outcry/contracts'
import { issueClocks, issueTypeOf, type IssueView } from '@outcry/engine'
import { type DrillDues, playbookOf, type TimedEntry } from '@outcry/response'

/**
 * By when the clocks of an issue want a step that was done at `doneAt`, or want it now where it was not: with the type and
 * the playbooks of that time, so that nothing which is changed afterwards makes it late.
 */
export const drillDue = (
  clock: keyof DrillDues,
  doneAt: number | null,
  given: {
    issue: IssueView
    timeline: readonly TimedEntry[]
    statements: readonly Statement[]
    /** Those in force at `doneAt`. */
    playbooks: readonly Playbook[]
    chains: Config['alerting']['escalation']
    nowMs: number
  },
): number | null => {
  const issue = asTyped(given.issue, given.timeline, doneAt ?? given.nowMs)
  const playbook = playbookOf(given.playbooks, issueTypeOf(issue))
  const response = { playbook, published: given.statements, unanswered: null, accountsKnown: false }
  const run = issueClocks(issue, response, given.chains, given.nowMs).find(({ name }) => name === clock)
  const isLater = doneAt !== null && (run?.startedAt ?? null) !== null && run!.startedAt! > doneAt
  return isLater ? null : (run?.dueAt ?? null)
}

/** The issue with the type that it had then. */
const asTyped = (issue: IssueView, timeline: readonly TimedEntry[], atMs: number): IssueView => {
  const next = timeline
    .filter(({ kind, at }) => kind === 'retyped' && at > atMs)
    .reduce<TimedEntry | null>((first, entry) => (first === null || entry.at < first.at ? entry : first), null)
  if (next === null || issue.type === undefined) return issue
  const before = next.body['before']
  return { ...issue, type: { ...issue.type, id: typeof before === 'string' ? before : null } }
}
