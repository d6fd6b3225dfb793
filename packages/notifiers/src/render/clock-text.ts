import { type Alert, CLOCK_WORDS, HOUR_MS, isoTime, MINUTE_MS, wallTime } from '@outcry/contracts'

/** Farther away than this, the day is told too. */
const SAME_DAY_MS = 12 * HOUR_MS

/**
 * What is owed and by when: `First public statement is due in 5 min (13:30 UTC)`, `Promised fix was due at 13:30 UTC`. Null
 * where the alert is not about a clock.
 */
export const clockText = ({ clock, reason, at }: Pick<Alert, 'clock' | 'reason' | 'at'>): string | null => {
  if (clock === undefined) return null
  const leftMs = clock.dueAt - at
  const time = Math.abs(leftMs) > SAME_DAY_MS ? wallTime(clock.dueAt) : `${isoTime(clock.dueAt).slice(11, 16)} UTC`
  if (reason !== 'due') return `${CLOCK_WORDS[clock.name]} was due at ${time}`
  return `${CLOCK_WORDS[clock.name]} is due in ${spanOf(leftMs)} (${time})`
}

const spanOf = (ms: number): string =>
  ms < 2 * HOUR_MS ? `${Math.max(1, Math.round(ms / MINUTE_MS))} min` : `${Math.round(ms / HOUR_MS)} h`
