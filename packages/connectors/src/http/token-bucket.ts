import { MINUTE_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'

/**
 * Lets `perMinute` requests through in any minute, evenly after a first burst of `burst`. `pauseUntil` holds everyone
 * back when the platform says so. A time that is set back makes no wait longer.
 */
export const createTokenBucket = (options: { perMinute: number; burst: number; clock: Clock }) => {
  const { perMinute, burst, clock } = options
  const refillMs = MINUTE_MS / perMinute
  /** When the next request may go if none is saved up; in the past by up to `burst` refills. */
  let nextAt = clock.now() - burst * refillMs
  let pausedUntil = 0
  let seenAt = clock.now()

  const present = (): number => {
    const now = clock.now()
    const backMs = Math.max(0, seenAt - now)
    nextAt -= backMs
    pausedUntil -= backMs
    seenAt = now
    return now
  }

  return {
    take: async (signal: AbortSignal): Promise<void> => {
      const now = present()
      const earliest = Math.max(nextAt, now - burst * refillMs) + refillMs
      nextAt = earliest
      const waitMs = Math.max(earliest, pausedUntil) - now
      if (waitMs > 0) await clock.sleep(Math.ceil(waitMs), signal)
      signal.throwIfAborted()
    },
    /** How long everyone is held back still. Milliseconds. */
    pausedForMs: (): number => {
      const now = present()
      return Math.max(0, pausedUntil - now)
    },
    pauseUntil: (atMs: number): void => {
      pausedUntil = Math.max(pausedUntil, atMs)
    },
  }
}
