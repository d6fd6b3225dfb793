/** Waiting time before try number `attempt` (from 1): doubles from 200 ms to 10 s. */
export const backoffMs = (attempt: number): number => Math.min(10_000, 200 * 2 ** Math.min(attempt - 1, 10))
