import { MINUTE_MS, type QuietHours } from '@outcry/contracts'
import { DAYS, minuteOf, wallClock } from './wall-clock.ts'

const DAY_MINUTES = 1_440

/** Until when it is quiet, epoch ms, and what the clock on the wall shows then, such as `07:00 Europe/Berlin`. */
export type Quiet = { until: number; clock: string }

/**
 * Whether quiet hours are on at `nowMs`: what the wall clock of their time zone shows decides, also on the two days a
 * year on which it jumps. Null when they are not.
 */
export const quietAt = (windows: readonly QuietHours[], nowMs: number): Quiet | null => {
  const known = answered.get(windows)
  if (known?.nowMs === nowMs) return known.quiet
  const quiet = judge(windows, nowMs)
  answered.set(windows, { nowMs, quiet })
  return quiet
}

/** The last answer: a tick asks the same for each message that waits. */
const answered = new WeakMap<readonly QuietHours[], { nowMs: number; quiet: Quiet | null }>()

const judge = (windows: readonly QuietHours[], nowMs: number): Quiet | null => {
  const on = windows.filter((window) => isQuiet(window, nowMs))
  if (on.length === 0) return null
  const ends = on.map((window) => ({ until: endOf(window, nowMs), window }))
  const { until, window } = ends.reduce((last, end) => (end.until > last.until ? end : last))
  return { until, clock: `${window.to} ${window.timeZone}` }
}

/** `from` equal to `to` is the whole day. The day is the one on which the window begins. */
const isQuiet = (window: QuietHours, atMs: number): boolean => {
  const { day, minute } = wallClock(window.timeZone, atMs)
  const [from, to] = [minuteOf(window.from), minuteOf(window.to)]
  const begins = (index: number) => window.days.includes(DAYS[(index + DAYS.length) % DAYS.length]!)
  if (from < to) return begins(day) && minute >= from && minute < to
  return (begins(day) && minute >= from) || (begins(day - 1) && minute < to)
}

/** The first minute at which the window is over; a search, because a clock that jumps makes hours longer or shorter. */
const endOf = (window: QuietHours, nowMs: number): number => {
  let quiet = Math.floor(nowMs / MINUTE_MS)
  let over = quiet
  while (isQuiet(window, over * MINUTE_MS) && over - quiet < 8 * DAY_MINUTES) {
    const { minute } = wallClock(window.timeZone, over * MINUTE_MS)
    over += (minuteOf(window.to) - minute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES
  }
  while (over - quiet > 1) {
    const middle = Math.floor((quiet + over) / 2)
    if (isQuiet(window, middle * MINUTE_MS)) quiet = middle
    else over = middle
  }
  return over * MINUTE_MS
}
