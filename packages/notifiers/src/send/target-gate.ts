import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'

const FAILURES_TO_OPEN = 5
const FIRST_PAUSE_MS = 5 * SECOND_MS
const LONGEST_PAUSE_MS = 30 * SECOND_MS
const BURST_SHARE = 6

/** When a target may be tried next: its rate, its wish to be left alone, and a breaker. Times are epoch ms. */
export type TargetGate = {
  /** How long to wait before the next try; 0 when one may start now. */
  waitMs(nowMs: number): number
  /** Takes one try out of the rate. */
  begin(nowMs: number): void
  succeeded(): void
  /** A failure of the target itself: no answer, or a 5xx. */
  failed(nowMs: number): void
  /** The target asked to be left alone. */
  pause(untilMs: number): void
  /** Whether the breaker keeps everything but a probe away. */
  open(): boolean
}

/**
 * A token bucket of `perMinute` and a breaker that opens after five failures in a row. While it is open one probe is
 * let through per pause (5 s, doubling to 30 s), so that a dead target does not have its whole backlog thrown at it.
 */
export const createTargetGate = ({ perMinute }: { perMinute: number }): TargetGate => {
  const capacity = Math.max(1, Math.ceil(perMinute / BURST_SHARE))
  const perMs = perMinute / MINUTE_MS
  let tokens = capacity
  let filledAt = Number.NaN
  let failures = 0
  let pausedUntil = 0

  const fill = (nowMs: number) => {
    const elapsedMs = Number.isNaN(filledAt) ? 0 : nowMs - filledAt
    tokens = Math.min(capacity, tokens + Math.max(0, elapsedMs) * perMs)
    // A time that is set back makes no pause longer.
    pausedUntil += Math.min(0, elapsedMs)
    filledAt = nowMs
  }

  return {
    waitMs: (nowMs) => {
      fill(nowMs)
      const forToken = tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perMs)
      return Math.max(forToken, pausedUntil - nowMs, 0)
    },
    begin: (nowMs) => {
      fill(nowMs)
      tokens -= 1
    },
    succeeded: () => {
      failures = 0
      pausedUntil = 0
    },
    failed: (nowMs) => {
      fill(nowMs)
      failures += 1
      if (failures < FAILURES_TO_OPEN) return
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failures - FAILURES_TO_OPEN), LONGEST_PAUSE_MS)
      pausedUntil = Math.max(pausedUntil, nowMs + pauseMs)
    },
    pause: (untilMs) => {
      pausedUntil = Math.max(pausedUntil, untilMs)
    },
    open: () => failures >= FAILURES_TO_OPEN,
  }
}
