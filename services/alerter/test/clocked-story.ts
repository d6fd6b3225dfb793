import { type Alert, type ClockName, HOUR_MS, isoTime, MINUTE_MS } from '@outcry/contracts'
import { LASTS_MS, REMIND_BEFORE_MS, RESOLVE_MS } from './clocked-config.ts'
import { type ClockedIssue, DONE, OPENING, SLIPPED_TO } from './clocked-issues.ts'
import { AT } from './setting.ts'

/** Where the time is set back to: before anybody was called. */
export const BACK_AT = AT - 5 * MINUTE_MS
/** Where the time jumps to: beyond every clock. */
export const JUMP_AT = AT + 30 * HOUR_MS

/** Something said of an issue, and when; epoch ms. */
export type Said = Pick<Alert, 'issueId' | 'reason' | 'at' | 'clock'>

export const textOf = ({ issueId, reason, at, clock }: Said): string =>
  messageText({
    issueId,
    reason,
    at: isoTime(at),
    clock: clock === undefined ? null : { name: clock.name, dueAt: isoTime(clock.dueAt) },
  })

/** The same of what a webhook says. */
export const messageText = (data: Record<string, unknown>): string => {
  const clock = data['clock'] as { name: ClockName; dueAt: string } | null
  const about = [data['issueId'], data['reason'], 'at', data['at']]
  return [...about, ...(clock === null ? [] : ['of', clock.name, 'by', clock.dueAt])].join(' ')
}

/**
 * All that is said of an issue: each clock speaks at the first look at or after its time. The time is set back when the even
 * ones have had their alarm: what counts from the call begins anew then, and a time of day stays.
 */
export const storyOf = (issue: ClockedIssue): Said[] => {
  const { id: issueId, owes, opens } = issue
  const at = OPENING[opens]
  const { command } = DONE[owes]
  const dueAt = at + LASTS_MS
  const reminder: Said = { issueId, reason: 'due', at: dueAt - REMIND_BEFORE_MS, clock: { name: owes, dueAt } }
  return [
    { issueId, reason: 'burst', at },
    ...(command === null ? [] : [{ issueId, reason: TAKEN[command], at }]),
    ...(opens === 'late' ? [] : [reminder]),
    alarmOf(issue),
    ...(owes === 'resolve' ? [] : [alarm(issue, 'resolve', (opens === 'late' ? at : BACK_AT) + RESOLVE_MS, JUMP_AT)]),
  ]
}

const TAKEN = { acknowledge: 'acknowledged', announce: 'announced' } as const
const TIMES_OF_DAY: ReadonlySet<ClockName> = new Set(['eta', 'unanswered'])

const alarmOf = (issue: ClockedIssue): Said => {
  const { owes, opens, slips } = issue
  const dueAt = OPENING[opens] + LASTS_MS
  const anewAt = BACK_AT + LASTS_MS
  if (slips) return alarm(issue, owes, SLIPPED_TO, JUMP_AT)
  if (opens === 'late') return alarm(issue, owes, dueAt, JUMP_AT)
  if (opens === 'odd' && !TIMES_OF_DAY.has(owes)) return alarm(issue, owes, anewAt, anewAt)
  return alarm(issue, owes, dueAt, dueAt)
}

const alarm = ({ id }: ClockedIssue, name: ClockName, dueAt: number, at: number): Said => ({
  issueId: id,
  reason: 'overdue',
  at,
  clock: { name, dueAt },
})
