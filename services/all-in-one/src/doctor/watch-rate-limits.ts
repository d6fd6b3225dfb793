import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Of every answer that `fetch` gets: what it is told of is part of Node's documented diagnostics. */
const ANSWERS = 'undici:request:headers'

/**
 * How platforms say what is left of their limits: `x-ratelimit-remaining` and its kin (GitHub, Mastodon, Reddit, X,
 * Zendesk), all in one (`x-rate-limit` of Apple, `ratelimit` of the IETF draft), or how much is used (`x-app-usage` of Meta).
 */
const TELLS_LIMIT = /^(?:x-)?rate-?limit$|rate-?limit-(?:.*-)?remaining$|^x-.*usage$/i
const MOST_CHARS = 200

/** Notes the headers about limits of every HTTP answer of this process until it is ended; the last answer counts. */
export const watchRateLimits = (): { left(): Record<string, string>; end(): void } => {
  const left = new Map<string, string>()
  const note = (message: unknown): void => {
    const raw = (message as { response?: { headers?: unknown } }).response?.headers
    if (!Array.isArray(raw)) return
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = String(raw[at]).toLowerCase()
      if (TELLS_LIMIT.test(name)) left.set(name, String(raw[at + 1]).slice(0, MOST_CHARS))
    }
  }
  subscribe(ANSWERS, note)
  return { left: () => Object.fromEntries(left), end: () => void unsubscribe(ANSWERS, note) }
}
