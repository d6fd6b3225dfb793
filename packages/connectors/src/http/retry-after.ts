import { DAY_MS, SECOND_MS } from '@outcry/contracts'

const RESET_HEADERS = ['x-ratelimit-reset', 'x-rate-limit-reset', 'ratelimit-reset', 'ratelimit-resettime']
const REMAINING_HEADERS = [
  'x-ratelimit-remaining',
  'x-rate-limit-remaining',
  'ratelimit-remaining',
  'ratelimit-dailyremaining',
]
/** A longer wait is a fault in the header, or a person's job. */
const LONGEST_MS = DAY_MS

/**
 * How long the platform asks to wait, or null. `Retry-After` comes first, as seconds or an HTTP date; then the reset
 * headers, as epoch seconds or milliseconds, seconds left, or ISO 8601, where the answer was a refusal (429, 503) or
 * says that nothing remains.
 */
export const retryAfterMs = (status: number, headers: Headers, nowMs: number): number | null => {
  const asked = headers.get('retry-after')
  if (asked !== null) {
    const wait = /^\d+(\.\d+)?$/.test(asked.trim()) ? Number(asked) * SECOND_MS : Date.parse(asked) - nowMs
    if (!Number.isNaN(wait)) return bounded(wait)
  }
  const exhausted = REMAINING_HEADERS.some((name) => Number(headers.get(name) ?? Number.NaN) <= 0)
  if (status !== 429 && status !== 503 && !exhausted) return null
  for (const name of RESET_HEADERS) {
    const wait = untilReset(headers.get(name), nowMs)
    if (wait !== null) return bounded(wait)
  }
  return null
}

const untilReset = (value: string | null, nowMs: number): number | null => {
  if (value === null || value.trim() === '') return null
  const number = Number(value)
  const wait = Number.isNaN(number)
    ? Date.parse(value) - nowMs
    : number > 1e11
      ? number - nowMs
      : number > 1e8
        ? number * SECOND_MS - nowMs
        : number * SECOND_MS
  return Number.isNaN(wait) ? null : wait
}

const bounded = (wait: number): number => Math.ceil(Math.min(Math.max(wait, 0), LONGEST_MS))
