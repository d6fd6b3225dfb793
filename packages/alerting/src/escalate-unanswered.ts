import { type EscalationChain, SEVERITY_RANK, watchedBrand } from '@outcry/contracts'
import { type Decision, keep, say } from './decision.ts'
import { deterministicId } from './deterministic-id.ts'
import { holdOf } from './hold.ts'
import { granted } from './page-budget.ts'
import type { AlertingSettings } from './settings.ts'
import type { IssueView } from './state.ts'

/**
 * Takes the next step of the escalation chain when a page, or the step before, was left unanswered for as long as the
 * step says: while the issue burns and nobody acknowledged it. Each step waits its own time, so that a clock that jumped
 * ahead, or an alerter that was down, takes one and not all; a clock set back starts the wait anew.
 */
export const escalateUnanswered = (
  decision: Decision,
  issue: IssueView,
  settings: AlertingSettings,
  nowMs: number,
): void => {
  const waiting = issue.unanswered
  if (!waiting || issue.state !== 'open' || issue.calm) return
  const steps = chainOf(issue, settings.escalation ?? [])?.steps ?? []
  const step = steps[waiting.steps]
  if (step === undefined) return
  if (waiting.since > nowMs) return keep(decision, { ...issue, unanswered: { ...waiting, since: nowMs } })
  if (nowMs - waiting.since < step.afterMs || allHeld(issue, step.targets, settings, nowMs)) return
  const taken = waiting.steps + 1
  const causeId = deterministicId('tk', issue.id, 'unanswered', String(issue.life), String(taken))
  const said = `paged: nobody acknowledged for ${Math.round(step.afterMs / 60_000)} min, step ${taken} of ${steps.length}`
  const page = granted('unanswered', said, false)
  const moved = { ...issue, unanswered: { since: nowMs, steps: taken } }
  const cause = { kind: 'escalated', reason: 'unanswered', causeId, at: nowMs, actor: 'clock' } as const
  say(decision, moved, { ...cause, page, to: step.targets }, settings, nowMs)
}

/** A step that would reach nobody yet is taken when it would. */
const allHeld = (issue: IssueView, targets: readonly string[], settings: AlertingSettings, nowMs: number): boolean => {
  const routes = settings.routes.filter(({ target }) => targets.includes(target))
  return routes.length > 0 && routes.every((route) => holdOf(issue, route, settings, nowMs) !== null)
}

/** The first chain that fits the issue. */
const chainOf = (issue: IssueView, chains: readonly EscalationChain[]): EscalationChain | undefined =>
  chains.find(
    ({ brands, issueTypes, minSeverity }) =>
      (brands === undefined || brands.includes(watchedBrand(issue.brand))) &&
      (issueTypes === undefined || issueTypes.includes(issue.evidence.issueType ?? '')) &&
      SEVERITY_RANK[issue.severity] >= SEVERITY_RANK[minSeverity],
  )
