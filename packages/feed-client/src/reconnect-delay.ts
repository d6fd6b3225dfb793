const FIRST_MS = 1_000
const LAST_MS = 10_000

/**
 * Milliseconds before the next try after `failures` in a row, at least 1: anything up to a bound that doubles, so that
 * thousands of clients of one server do not come back at once ("full jitter": Brooker, Exponential Backoff And Jitter, 2015).
 */
export const reconnectDelay = (failures: number, random: number): number =>
  random * Math.min(LAST_MS, FIRST_MS * 2 ** (failures - 1))
