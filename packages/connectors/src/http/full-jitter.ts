export type Backoff = { baseMs: number; capMs: number }

/**
 * Waiting time before try `attempt` (from 1): uniform between 0 and a bound that doubles from `baseMs` to `capMs`, so
 * that clients who failed together do not come back together.
 */
export const fullJitterMs = (attempt: number, { baseMs, capMs }: Backoff, random: () => number): number =>
  Math.floor(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 30)))
