import type { ClockName, ClockState } from '@outcry/contracts'

/** What people owe to an issue by a time. Times are ISO 8601. */
export type Clock = {
  name: ClockName
  state: Exclude<ClockState, 'off'>
  startedAt: string
  dueAt: string
  remindAt: string | null
  metAt: string | null
  reason: string
}
