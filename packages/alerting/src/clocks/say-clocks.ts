import type { ClockName, EscalationStep } from '@outcry/contracts'
import { type Cause, type Decision, keep, say, undecided } from '../decision.ts'
import { deterministicId } from '../deterministic-id.ts'
import { granted } from '../page-budget.ts'
import type { AlertingSettings } from '../settings.ts'
import type { ClockSaid, IssueView } from '../state.ts'
import { withKnownCall } from './called-since.ts'
import { overdueReason } from './clock-words.ts'
import { escalationSteps } from './escalation-steps.ts'
import { type TimedRun, timedRuns } from './issue-clocks.ts'
import type { IssueResponse } from './issue-response.ts'

/**
 * Says what the clocks of an issue have to say: a reminder before one is over, an alarm after, and then to one step of the
 * escalation after another, each after its own time. What was said is in the issue, so a restart says nothing twice. A
 * clock that jumped ahead, or an alerter that was down, says the latest of it and not all; one set back waits anew.
 */
export const sayClocks = (
  decision: Decision,
  issue: IssueView,
  response: IssueResponse,
  settings: AlertingSettings,
  nowMs: number,
): void => {
  const steps = escalationSteps(issue, response, settings.escalation ?? [])
  let current = withKnownCall(issue, nowMs)
  if (current !== issue) keep(decision, current)
  for (const clock of timedRuns(current, response, settings.escalation ?? []))
    current = sayClock(decision, current, clock, { steps, settings, nowMs })
}

type Given = { steps: readonly EscalationStep[]; settings: AlertingSettings; nowMs: number }

const sayClock = (
  decision: Decision,
  issue: IssueView,
  { name, run, remindAt }: TimedRun,
  { steps, settings, nowMs }: Given,
): IssueView => {
  const before = issue.clocks?.[name]
  if (name === 'unanswered' && isOver({ run, remindAt }, before, nowMs)) return anew(decision, issue)
  if (run.is !== 'running') return issue
  const { key, startedAt, dueAt, fixed } = run
  const said: ClockSaid =
    before?.run === key ? before : { run: key, startedAt, reminded: false, alarms: 0, alarmedAt: 0 }
  const isSetBack = said.alarmedAt > nowMs || (!fixed && startedAt > nowMs)
  if (isSetBack) return wait(decision, issue, name, notAfter(said, fixed, nowMs))
  if (!speaks(issue)) return issue
  const stage = nextStage(said, { dueAt, remindAt, steps, nowMs })
  if (stage === null) return issue
  const causeId = deterministicId('tk', issue.id, name, String(issue.life), key, stage)
  const cause = { causeId, at: nowMs, actor: 'clock', clock: { name, dueAt } } as const
  if (stage === 'reminder') {
    const reminded = withSaid(issue, name, { ...said, reminded: true })
    return say(decision, reminded, { ...cause, kind: 'updated', reason: 'due' }, settings, nowMs)
  }
  const alarmed = withSaid(issue, name, { ...said, alarms: said.alarms + 1, alarmedAt: nowMs })
  const step = steps[said.alarms]
  const alarm: Cause = {
    ...cause,
    reason: 'overdue',
    ...(step === undefined ? {} : { to: step.targets }),
    ...(issue.pagedAs === null
      ? { kind: 'updated' }
      : {
          kind: 'escalated',
          page: granted('overdue', overdueReason(name, dueAt, said.alarms + 1, steps.length), false),
        }),
  }
  return waitsForAll(decision, alarmed, alarm, settings, nowMs) ? issue : say(decision, alarmed, alarm, settings, nowMs)
}

/** Whether nobody waits for an answer for long any more; where the time was set back, whoever did still does. */
const isOver = ({ run, remindAt }: Omit<TimedRun, 'name'>, before: ClockSaid | undefined, nowMs: number): boolean =>
  run.is !== 'running' || (nowMs < (remindAt ?? run.dueAt) && run.startedAt !== before?.startedAt)

/** The next complaint that waits for too long is another run. */
const anew = (decision: Decision, issue: IssueView): IssueView => {
  if (issue.clocks?.unanswered === undefined) return issue
  const { unanswered: _over, ...clocks } = issue.clocks
  const forgotten = { ...issue, clocks }
  keep(decision, forgotten)
  return forgotten
}

/** As of a time that was set back: what waits begins to wait now. */
const notAfter = (said: ClockSaid, fixed: boolean, nowMs: number): ClockSaid => ({
  ...said,
  startedAt: fixed ? said.startedAt : Math.min(said.startedAt, nowMs),
  alarmedAt: Math.min(said.alarmedAt, nowMs),
})

/** While it is calm and nobody took it, there is nobody to hurry. */
const speaks = ({ state, calm }: IssueView): boolean => state !== 'open' || !calm

const nextStage = (
  { reminded, alarms, alarmedAt }: ClockSaid,
  {
    dueAt,
    remindAt,
    steps,
    nowMs,
  }: { dueAt: number; remindAt: number | null; steps: readonly EscalationStep[]; nowMs: number },
): string | null => {
  if (nowMs < dueAt) return alarms === 0 && !reminded && remindAt !== null && nowMs >= remindAt ? 'reminder' : null
  if (alarms === 0) return 'alarm 1'
  const step = steps[alarms]
  return step !== undefined && nowMs - alarmedAt >= step.afterMs ? `alarm ${alarms + 1}` : null
}

const withSaid = (issue: IssueView, name: ClockName, said: ClockSaid): IssueView => ({
  ...issue,
  clocks: { ...issue.clocks, [name]: said },
})

const wait = (decision: Decision, issue: IssueView, name: ClockName, said: ClockSaid): IssueView => {
  const waiting = withSaid(issue, name, said)
  keep(decision, waiting)
  return waiting
}

/** An alarm that would reach nobody yet is raised when it would. */
const waitsForAll = (
  decision: Decision,
  issue: IssueView,
  alarm: Cause,
  settings: AlertingSettings,
  nowMs: number,
): boolean => {
  const tried = undecided(decision.brand)
  const { held = [] } = say(tried, issue, alarm, settings, nowMs)
  const [alert] = tried.alerts
  return tried.deliveries.length === 0 && held.some(({ alertId }) => alertId === alert?.id)
}
