import type { IssueResponse } from './clocks/issue-response.ts'
import { withoutMet } from './clocks/without-met.ts'
import { sayClocks } from './clocks/say-clocks.ts'
import { type Decision, keep, say, undecided } from './decision.ts'
import { deterministicId } from './deterministic-id.ts'
import { quietSince } from './quiet-since.ts'
import { releaseHeld } from './release-held.ts'
import type { AlertingSettings } from './settings.ts'
import type { JudgedSource } from './source-watch.ts'
import type { BrandAlerting, IssueView } from './state.ts'

/**
 * What time alone leads to: resolves what was calm for long enough, sends what waited for quiet hours or a mute to end,
 * reminds of what is due and raises the alarm over what is overdue. Pure; `issues` are those of one brand. Asked twice, it does each once.
 */
export const decideTick = (input: {
  brand: BrandAlerting
  issues: readonly IssueView[]
  sources: readonly JudgedSource[]
  settings: AlertingSettings
  nowMs: number
  /** What people do about the issues, by id; without it an issue has no clocks, as in a backtest, which has no people. */
  responses?: ReadonlyMap<string, IssueResponse>
}): Decision => {
  const { settings, nowMs } = input
  const decision = undecided(input.brand)
  for (const stored of input.issues) {
    const issue = calmUntilNow(decision, stored, nowMs)
    if (resolveCalm(decision, issue, input)) continue
    const response = input.responses?.get(issue.id)
    const current = response === undefined ? issue : withoutMet(decision, issue, response, settings)
    const released = releaseHeld(decision, current, settings, nowMs)
    if (response !== undefined) sayClocks(decision, released, response, settings, nowMs)
  }
  return decision
}

type Input = Parameters<typeof decideTick>[0]

/** A clock set back starts the wait anew, instead of letting it last until the time that once was. */
const calmUntilNow = (decision: Decision, issue: IssueView, nowMs: number): IssueView => {
  if (issue.calmSince === null || issue.calmSince <= nowMs) return issue
  const since = { ...issue, calmSince: nowMs }
  keep(decision, since)
  return since
}

/**
 * Resolves an issue that nobody took, after `resolveAfterCalmMs` of calm with every source of the issue live
 * throughout. Silence is never calm: a source that is not live, or that nothing is known of, keeps the issue open, and
 * one that came back starts the wait anew.
 */
const resolveCalm = (decision: Decision, issue: IssueView, { sources, settings, nowMs }: Input): boolean => {
  const from = quietSince(issue, sources)
  if (from === null || nowMs - from < settings.resolveAfterCalmMs) return false
  const causeId = deterministicId('tk', issue.id, 'calm', String(issue.life))
  const closed = { by: 'clock', at: nowMs, reason: 'calm' }
  const resolved: IssueView = { ...issue, state: 'resolved', closed, updatedAt: nowMs }
  const cause = { kind: 'resolved', reason: 'calm', causeId, at: nowMs, actor: 'clock' } as const
  say(decision, resolved, cause, settings, nowMs)
  decision.commands.push({
    id: deterministicId('cm', 'resolve', causeId),
    command: { type: 'resolve', issueId: issue.id },
  })
  return true
}
