import type { Clock } from '@outcry/runtime'

/** Refused without a try: the host failed too often a moment ago. */
export class CircuitOpen extends Error {
  constructor(untilMs: number, nowMs: number) {
    super(`the host failed repeatedly, trying again in ${Math.ceil((untilMs - nowMs) / 1_000)} s`)
  }
}

/**
 * Spares a failing host: after `failures` in a row every call is refused for `restMs`; then one call may try, and its
 * outcome closes the circuit or opens it again.
 */
export const createCircuit = (options: { failures: number; restMs: number; clock: Clock }) => {
  let inARow = 0
  let openUntil = 0
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const now = options.clock.now()
    if (now < openUntil) throw new CircuitOpen(openUntil, now)
    if (inARow >= options.failures) openUntil = now + options.restMs
    try {
      const result = await call()
      inARow = 0
      openUntil = 0
      return result
    } catch (error) {
      inARow += 1
      if (inARow >= options.failures) openUntil = options.clock.now() + options.restMs
      throw error
    }
  }
}
