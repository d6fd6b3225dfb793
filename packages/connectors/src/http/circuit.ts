import type { Clock } from '@outcry/runtime'

const MAX_REASON_CHARS = 120

/** Refused without a try: the host failed too often a moment ago. */
export class CircuitOpen extends Error {
  constructor(untilMs: number, nowMs: number, reason: string) {
    super(`${reason}; the host failed repeatedly, trying again in ${Math.ceil((untilMs - nowMs) / 1_000)} s`)
  }
}

/**
 * Spares a failing host: after `failures` in a row every call is refused for `restMs`; then one call may try, and its
 * outcome closes the circuit or opens it again. What is not `isFailure` says that the host is there.
 */
export const createCircuit = (options: {
  failures: number
  restMs: number
  clock: Clock
  isFailure(error: unknown): boolean
}) => {
  let inARow = 0
  let openUntil = 0
  let reason = ''
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const now = options.clock.now()
    // Further away than a rest: the time was set back.
    if (now < openUntil && openUntil - now <= options.restMs) throw new CircuitOpen(openUntil, now, reason)
    if (inARow >= options.failures) openUntil = now + options.restMs
    const wentWell = () => {
      inARow = 0
      openUntil = 0
    }
    try {
      const result = await call()
      wentWell()
      return result
    } catch (error) {
      if (!options.isFailure(error)) {
        wentWell()
        throw error
      }
      inARow += 1
      reason = error instanceof Error ? error.message.slice(0, MAX_REASON_CHARS) : 'unknown'
      if (inARow >= options.failures) openUntil = options.clock.now() + options.restMs
      throw error
    }
  }
}
