import { SECOND_MS } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { createCircuit } from './circuit.ts'
import { fullJitterMs } from './full-jitter.ts'
import { PlatformError } from './platform-error.ts'
import { BodyTooLarge, readBody } from './read-body.ts'
import { retryAfterMs } from './retry-after.ts'
import { createTokenBucket } from './token-bucket.ts'

export type HttpLimits = {
  /** Of one try, body included. */
  timeoutMs: number
  maxBodyBytes: number
  /** Tries of one request, the first included. */
  tries: number
  requestsPerMinute: number
}

export type HttpAnswer = { status: number; headers: Headers; body: Buffer }

/** Asking to wait longer than this is left to the caller, who says meanwhile that the source lags. */
const LONGEST_WAIT_MS = 10 * SECOND_MS
const BACKOFF = { baseMs: 500, capMs: 10 * SECOND_MS }
const CIRCUIT = { failures: 5, restMs: 30 * SECOND_MS }

/**
 * GET for polling one platform: rate-limited, timed out, bounded, tried again with full jitter or when the platform
 * asks. 2xx and 304 are answers; everything else rejects with `PlatformError` and the wait that was asked for.
 * 429 and 5xx are tried again, other statuses are not. After five failed requests in a row the host gets a rest.
 */
export const createHttpClient = (options: { clock: Clock; random: () => number; limits: HttpLimits }) => {
  const { clock, random, limits } = options
  const bucket = createTokenBucket({ perMinute: limits.requestsPerMinute, burst: 5, clock })
  const circuit = createCircuit({ ...CIRCUIT, clock })

  const tryOnce = async (url: string, headers: Record<string, string>, signal: AbortSignal): Promise<HttpAnswer> => {
    await bucket.take(signal)
    const done = new AbortController()
    const timedOut = new AbortController()
    const watchdog = clock.sleep(limits.timeoutMs, AbortSignal.any([signal, done.signal])).then(
      () => timedOut.abort(new Error(`no answer within ${limits.timeoutMs / SECOND_MS} s`)),
      () => undefined,
    )
    try {
      const response = await fetch(url, {
        headers: { 'user-agent': 'outcry', accept: 'application/json', ...headers },
        signal: AbortSignal.any([signal, timedOut.signal]),
      })
      const waitMs = retryAfterMs(response.status, response.headers, clock.now())
      if (waitMs !== null) bucket.pauseUntil(clock.now() + waitMs)
      const body = await readBody(response, limits.maxBodyBytes)
      if (!response.ok && response.status !== 304) throw new PlatformError(response.status, waitMs)
      return { status: response.status, headers: response.headers, body }
    } finally {
      done.abort()
      await watchdog
    }
  }

  const get = async (url: string, signal: AbortSignal, headers: Record<string, string> = {}): Promise<HttpAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await tryOnce(url, headers, signal)
      } catch (error) {
        signal.throwIfAborted()
        const waitMs = waitBefore(error, attempt, random)
        if (attempt >= limits.tries || waitMs === null || waitMs > LONGEST_WAIT_MS) throw error
        await clock.sleep(waitMs, signal)
      }
    }
  }

  return {
    get: (url: string, signal: AbortSignal, headers?: Record<string, string>): Promise<HttpAnswer> =>
      circuit(() => get(url, signal, headers)),
  }
}

/** Null where trying again changes nothing. */
const waitBefore = (error: unknown, attempt: number, random: () => number): number | null => {
  if (error instanceof BodyTooLarge) return null
  if (!(error instanceof PlatformError)) return fullJitterMs(attempt, BACKOFF, random)
  if (error.status !== 429 && error.status < 500) return null
  return error.retryAfterMs ?? fullJitterMs(attempt, BACKOFF, random)
}
