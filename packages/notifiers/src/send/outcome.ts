/**
 * What one try came to. `status` is that of HTTP or SMTP, null when there was none; `error` holds no secret. `note` says
 * what was amiss with a message that was taken.
 */
export type Outcome =
  | { type: 'delivered'; status: number | null; latencyMs: number; note?: string }
  | { type: 'retry'; status: number | null; error: string; latencyMs: number; afterMs: number }
  | { type: 'dead'; status: number | null; error: string; latencyMs: number }

/** What the answer means, before the schedule has its say. `waitMs` is the receiver's own wish. */
export type Verdict =
  | { type: 'delivered'; note?: string }
  | { type: 'again'; waitMs: number | null; throttled: boolean }
  /** `gone`: the receiver wants no more of anything. */
  | { type: 'never'; gone: boolean }

/** Without a wish of the receiver, a 429 waits so long: PagerDuty asks for "a few minutes". */
const THROTTLED_MS = 60_000

/**
 * Reads a status as receivers of webhooks mean it: 2xx is taken; 408, 429 and 5xx come again; 410 wants no more; other
 * 4xx will not get better. A redirect is never followed; it may be a load balancer's maintenance page, so it comes
 * again.
 */
export const verdictOf = (status: number, retryAfter: string | undefined, nowMs: number): Verdict => {
  if (status >= 200 && status < 300) return { type: 'delivered' }
  const waitMs = retryAfterMs(retryAfter, nowMs)
  if (status === 429) return { type: 'again', waitMs: waitMs ?? THROTTLED_MS, throttled: true }
  if (status === 503 && waitMs !== null) return { type: 'again', waitMs, throttled: true }
  if (status < 400 || status === 408 || status >= 500) return { type: 'again', waitMs, throttled: false }
  return { type: 'never', gone: status === 410 }
}

const MAX_RETRY_AFTER_MS = 86_400_000

/** `Retry-After` (RFC 9110): seconds, some send parts of them, or a date. At most a day. Null where unreadable. */
export const retryAfterMs = (value: string | undefined, nowMs: number): number | null => {
  if (value === undefined) return null
  const text = value.trim()
  const ms = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Math.ceil(Number(text) * 1_000) : Date.parse(text) - nowMs
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS)
}
