import { type Clock, CLOCK_NAMES, type ClockName, type ClockState, type EscalationChain } from '@outcry/contracts'
import type { IssueView } from '../state.ts'
import { CLOCK_RUNS, type Run, storyOf } from './clock-runs.ts'
import { escalationSteps } from './escalation-steps.ts'
import type { IssueResponse } from './issue-response.ts'

/** A clock with when it reminds; epoch ms, null where nobody is reminded. */
export type TimedRun = { name: ClockName; run: Run; remindAt: number | null }

/** The clocks of an issue as what was said and done of it has them, each with what starts and what stops it. */
export const issueClocks = (
  issue: IssueView,
  response: IssueResponse,
  chains: readonly EscalationChain[],
  nowMs: number,
): Clock[] =>
  timedRuns(issue, response, chains).map(({ name, run, remindAt }) => {
    if (run.is === 'off')
      return { name, state: 'off', startedAt: null, dueAt: null, remindAt: null, metAt: null, reason: run.why }
    const { startedAt, dueAt, why } = run
    const metAt = run.is === 'met' ? run.metAt : null
    const state = metAt === null ? stateAt(dueAt, remindAt, nowMs) : 'met'
    return { name, state, startedAt, dueAt, remindAt, metAt, reason: why }
  })

const stateAt = (dueAt: number, remindAt: number | null, nowMs: number): ClockState => {
  if (nowMs >= dueAt) return 'overdue'
  return remindAt !== null && nowMs >= remindAt ? 'due-soon' : 'running'
}

export const timedRuns = (
  issue: IssueView,
  response: IssueResponse,
  chains: readonly EscalationChain[],
): TimedRun[] => {
  const story = storyOf(issue, response, escalationSteps(issue, response, chains))
  return CLOCK_NAMES.map((name) => {
    const run = shifted(issue, name, CLOCK_RUNS[name](story))
    return { name, run, remindAt: remindAt(run, story.times.remindBeforeMs) }
  })
}

/** One whose wait began anew when the time was set back. */
const shifted = (issue: IssueView, name: ClockName, run: Run): Run => {
  const said = issue.clocks?.[name]
  if (run.is !== 'running' || run.fixed || said?.run !== run.key) return run
  return { ...run, startedAt: said.startedAt, dueAt: run.dueAt + said.startedAt - run.startedAt }
}

/** So long before it is over, but never in the first half of it. */
const remindAt = (run: Run, beforeMs: number | null): number | null =>
  run.is === 'off' || beforeMs === null
    ? null
    : run.dueAt - Math.min(beforeMs, Math.max(0, Math.floor((run.dueAt - run.startedAt) / 2)))
