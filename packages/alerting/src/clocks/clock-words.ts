import { type ClockName, wallTime } from '@outcry/contracts'

const NOT_DONE: Readonly<Record<ClockName, string>> = {
  acknowledge: 'nobody acknowledged',
  'first-statement': 'nothing was said in public',
  eta: 'what was promised is not fixed',
  'next-update': 'there was no public update',
  unanswered: 'complaints were not answered',
  resolve: 'it was not resolved',
}

/** Why an alarm pages: `paged: nobody acknowledged by 2026-11-02 09:05 UTC, step 1 of 2`. */
export const overdueReason = (name: ClockName, dueAt: number, step: number, steps: number): string =>
  `paged: ${NOT_DONE[name]} by ${wallTime(dueAt)}${steps === 0 ? '' : `, step ${step} of ${steps}`}`
