import { DAY_MS, HOUR_MS, type IssueTimes, MINUTE_MS } from '@outcry/contracts'

const STEPS_MS = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS]
const MOST_STEPS = 144

/** The span that a chart of an issue shows, and its steps: from an hour before the onset to two hours after its end. */
export const chartSpan = (
  times: IssueTimes,
  { nowMs, over }: { nowMs: number; over: number | null },
): { fromMs: number; toMs: number; stepMs: number } => {
  const end = Math.min(nowMs, (times.resolved ?? over ?? nowMs) + 2 * HOUR_MS)
  const begin = times.onset - HOUR_MS
  const stepMs = STEPS_MS.find((ms) => end - begin <= MOST_STEPS * ms) ?? DAY_MS
  const fromMs = Math.floor(begin / stepMs) * stepMs
  return { fromMs, toMs: Math.max(end, fromMs + stepMs), stepMs }
}
