import type { Clock } from '@outcry/runtime'

const MAX_HOLDERS = 10_000
const MINUTE_MS = 60_000

/**
 * A token bucket for each holder: a minute's worth at once, refilled steadily. Returns null, or the seconds to wait.
 * At 10,000 holders the one that asked longest ago is forgotten.
 */
export const createRateLimit = (requestsPerMinute: number, clock: Clock) => {
  const buckets = new Map<string, { left: number; at: number }>()
  return (holder: string): number | null => {
    const now = clock.now()
    const before = buckets.get(holder) ?? { left: requestsPerMinute, at: now }
    const refilled = (Math.max(0, now - before.at) * requestsPerMinute) / MINUTE_MS
    const left = Math.min(requestsPerMinute, before.left + refilled)
    const taken = left >= 1
    buckets.delete(holder)
    if (buckets.size >= MAX_HOLDERS) buckets.delete(buckets.keys().next().value ?? '')
    buckets.set(holder, { left: taken ? left - 1 : left, at: now })
    return taken ? null : Math.max(1, Math.ceil(((1 - left) * MINUTE_MS) / requestsPerMinute / 1_000))
  }
}
