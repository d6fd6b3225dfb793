import { type Decision, keep } from '../decision.ts'
import type { AlertingSettings } from '../settings.ts'
import type { HeldDelivery, IssueView } from '../state.ts'
import { timedRuns } from './issue-clocks.ts'
import type { IssueResponse } from './issue-response.ts'

/** The issue without alarms that wait for targets which know it, and whose clock was met meanwhile. */
export const withoutMet = (
  decision: Decision,
  issue: IssueView,
  response: IssueResponse,
  { escalation = [] }: AlertingSettings,
): IssueView => {
  const { held = [] } = issue
  if (held.every(({ clock }) => clock === undefined)) return issue
  const runs = timedRuns(issue, response, escalation)
  const isMet = ({ clock, target }: HeldDelivery) =>
    clock !== undefined &&
    issue.told.includes(target) &&
    !runs.some(({ name, run }) => name === clock.name && run.is === 'running' && run.dueAt === clock.dueAt)
  const waiting = held.filter((one) => !isMet(one))
  if (waiting.length === held.length) return issue
  const without = { ...issue, held: waiting }
  keep(decision, without)
  return without
}
