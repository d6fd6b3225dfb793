import type { SourceDelay } from '@outcry/contracts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** `2 s late`, `24 min late`, `3 h late`, `5 d late`; null where the source was not measured. */
export const delayText = (delays: readonly SourceDelay[], source: string): string | null => {
  const delay = delays.find((one) => one.source === source)
  return delay === undefined ? null : `${roundedSpan(delay.medianMs)} late`
}

const roundedSpan = (ms: number): string => {
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / 1_000)} s`
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return ms < 48 * HOUR_MS ? `${Math.round(ms / HOUR_MS)} h` : `${Math.round(ms / (24 * HOUR_MS))} d`
}
