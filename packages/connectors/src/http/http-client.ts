import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { createCircuit } from './circuit.ts'
import type { Credentials } from './credentials.ts'
import { explanationOf } from './explanation.ts'
import { followed } from './follow-redirects.ts'
import { fullJitterMs } from './full-jitter.ts'
import { PlatformError } from './platform-error.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import { retryAfterMs } from './retry-after.ts'
import { sendableHeaders } from './sendable-headers.ts'
import { createTokenBucket } from './token-bucket.ts'
import { unanswered } from './unanswered.ts'
import { withoutSecrets } from './without-secrets.ts'

export type HttpLimits = {
  /** Of one try, body included. */
  timeoutMs: number
  maxBodyBytes: number
  /** Tries of one request, the first included. */
  tries: number
  requestsPerMinute: number
}

/** A POST is for platforms that ask by POST: it is tried again like a GET. */
export type HttpRequest = {
  method?: 'GET' | 'POST'
  url: string
  headers?: Readonly<Record<string, string>>
  body?: string
}
export type HttpAnswer = { status: number; headers: Headers; body: Buffer }

export type HttpClientOptions = {
  clock: Clock
  random: () => number
  limits: HttpLimits
  credentials?: Credentials
  /**
   * How long an answer asks to wait in a way of its platform's own, such as in its body, milliseconds, or null. A
   * refusal with a wait is a limit, whatever its status.
   */
  waitOf?: (answer: HttpAnswer, nowMs: number) => number | null
  /** A refusal in its platform's own terms, such as a code in its body that only a person can act on; null where it has none. */
  errorOf?: (answer: HttpAnswer, waitMs: number | null) => PlatformError | null
}

export type HttpClient = {
  get(url: string, signal: AbortSignal, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer>
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
}

/** What was last answered with a wait. */
type Limit = { status: number; explanation: string | undefined }
const USED_UP: Limit = { status: 429, explanation: 'nothing is left of the limit' }
type Proof = Readonly<Record<string, string>> | undefined

/** Asking to wait longer than this is left to the caller, who says meanwhile that the source lags. */
const LONGEST_WAIT_MS = 10 * SECOND_MS
/** For longer nobody is held back in silence. */
const LONGEST_PAUSE_MS = MINUTE_MS
const BACKOFF = { baseMs: 500, capMs: 10 * SECOND_MS }
const CIRCUIT = { failures: 5, restMs: 30 * SECOND_MS }

/**
 * Asks one platform: rate-limited, timed out, bounded, tried again with full jitter or when the platform asks. 2xx and
 * 304 are answers; everything else rejects with `PlatformError` and the wait that was asked for. 429 and 5xx are tried
 * again, and a refused token once with a new one; other statuses are not. After five failed requests in a row the host
 * gets a rest.
 */
export const createHttpClient = (options: HttpClientOptions): HttpClient => {
  const { clock, random, limits, credentials, waitOf, errorOf } = options
  const bucket = createTokenBucket({ perMinute: limits.requestsPerMinute, burst: 5, clock })
  const circuit = createCircuit({ ...CIRCUIT, clock, isFailure: isOfHost })

  let limit: Limit = USED_UP

  /** A long wait is told to who asks meanwhile, too. */
  const refuseWhilePaused = (): void => {
    const waitMs = bucket.pausedForMs()
    if (waitMs > LONGEST_PAUSE_MS) throw new PlatformError(limit.status, waitMs, limit.explanation)
  }

  const tryOnce = async (request: HttpRequest, proof: Proof, signal: AbortSignal): Promise<HttpAnswer> => {
    const base = { 'user-agent': 'outcry', accept: 'application/json' }
    const sent = sendableHeaders({ ...base, ...proof, ...request.headers })
    refuseWhilePaused()
    await bucket.take(signal)
    const done = new AbortController()
    const timedOut = new AbortController()
    const watchdog = clock.sleep(limits.timeoutMs, AbortSignal.any([signal, done.signal])).then(
      () => timedOut.abort(new Error(`no answer within ${limits.timeoutMs / SECOND_MS} s`)),
      () => undefined,
    )
    try {
      const options = { headers: sent, signal: AbortSignal.any([signal, timedOut.signal]) }
      const response = await followed(request, options).catch(unanswered)
      const { status, headers } = response
      const read = await readBody(response, limits.maxBodyBytes).catch(unanswered)
      const body = response.ok ? read : withoutSecrets(read, request, sent)
      const answer = { status, headers, body }
      const waitMs = waitOf?.(answer, clock.now()) ?? retryAfterMs(status, headers, clock.now())
      if (waitMs !== null) {
        bucket.pauseUntil(clock.now() + waitMs)
        limit = response.ok ? USED_UP : { status, explanation: explanationOf(body) }
      }
      if (!response.ok && status !== 304)
        throw errorOf?.(answer, waitMs) ?? new PlatformError(status, waitMs, explanationOf(body))
      return answer
    } finally {
      done.abort()
      await watchdog
    }
  }

  const send = async (request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> => {
    let renewed = false
    for (let attempt = 1; ; attempt += 1) {
      let proof: Proof
      try {
        proof = await credentials?.headers(signal)
        return await tryOnce(request, proof, signal)
      } catch (error) {
        signal.throwIfAborted()
        if (
          !renewed &&
          error instanceof PlatformError &&
          error.status === 401 &&
          credentials?.renew?.(proof) === true
        ) {
          renewed = true
          continue
        }
        const waitMs = waitBefore(error, attempt, random)
        if (attempt >= limits.tries || waitMs === null || waitMs > LONGEST_WAIT_MS) throw error
        await clock.sleep(waitMs, signal)
      }
    }
  }

  return {
    get: (url, signal, headers = {}) => circuit(() => send({ url, headers }, signal)),
    send: (request, signal) => circuit(() => send(request, signal)),
  }
}

/** A refusal of one request says nothing of the next. */
const isOfHost = (error: unknown): boolean =>
  !(error instanceof PlatformError) || error.status === 429 || error.status >= 500

/** Null where trying again changes nothing. */
const waitBefore = (error: unknown, attempt: number, random: () => number): number | null => {
  if (error instanceof BodyTooLarge) return null
  if (!(error instanceof PlatformError)) return fullJitterMs(attempt, BACKOFF, random)
  // "At once" is no wait, and what a clock ahead of the platform's makes of any time it names.
  if (error.retryAfterMs !== null && error.retryAfterMs > 0) return error.retryAfterMs
  return error.retryAfterMs === 0 || error.status === 429 || error.status >= 500
    ? fullJitterMs(attempt, BACKOFF, random)
    : null
}
