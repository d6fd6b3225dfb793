import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@outcry/contracts'

/** A message that nobody took for so long is dead; it can be redelivered by hand. */
export const GIVE_UP_MS: number = DAY_MS

const LONGEST_FAST_MS = 30 * SECOND_MS
const SPREAD = 0.2

/**
 * How long to wait after the `attempts`-th failed try of a message that is `ageMs` old; null when it is given up.
 * A page is worth seconds, so 1, 2, 4, 8, 16 and then 30 s for ten minutes; each minute up to an hour; then each five
 * minutes up to a day. `random` (0 to 1) spreads it by 20 % upwards, so that many do not come back at once.
 */
export const retryDelayMs = (attempts: number, ageMs: number, random: number): number | null => {
  if (ageMs >= GIVE_UP_MS) return null
  const base = baseDelayMs(attempts, ageMs)
  return Math.min(Math.round(base * (1 + SPREAD * random)), Math.max(SECOND_MS, GIVE_UP_MS - ageMs))
}

const baseDelayMs = (attempts: number, ageMs: number): number => {
  if (ageMs < 10 * MINUTE_MS) return Math.min(SECOND_MS * 2 ** Math.max(0, attempts - 1), LONGEST_FAST_MS)
  return ageMs < HOUR_MS ? MINUTE_MS : 5 * MINUTE_MS
}
