import { SECOND_MS } from '@outcry/contracts'
import type { SourceContext } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { fullJitterMs } from '../http/full-jitter.ts'
import { needsPerson, PlatformError, sourceRefused } from '../http/platform-error.ts'
import type { Connection } from './connection.ts'

const BACKOFF = { baseMs: 500, capMs: 30 * SECOND_MS }
const REPORT_EVERY_MS = 5 * SECOND_MS

export type StreamOptions<T> = {
  context: SourceContext
  /** Opens a connection that goes on where the last delivery ended. `attempt` counts from 0, for rotating hosts. */
  connect(attempt: number): Promise<Connection<T>>
  /** Delivers items in order; the next are taken when it resolves. Must emit before it moves its cursor. */
  deliver(items: T[]): Promise<void>
  /** Up to when everything was delivered, epoch ms. */
  sourceTime(): number
  /** What to do when the platform refuses the request itself (400, 410): forget the cursor, for example. */
  onRefusedRequest?(): void
  /** Wait before connecting again where the platform documents another than full jitter; `failures` counts from 1. */
  backoffMs?(error: unknown, failures: number): number
  idleMs: number
  blindAfterMs: number
  maxBatch: number
  /** Bound of the connection's inbox. Items. */
  maxWaiting: number
}

/** Nothing came for longer than the platform is ever silent. */
class StreamIdle extends Error {}

/**
 * Keeps a stream flowing until `signal` aborts: connects, takes, delivers, and connects again with full jitter or when
 * the platform asks. One delivery at a time, so that a cursor saved with it covers everything before. While it is
 * apart from the platform it reports `lagging`, and after `blindAfterMs` `blind` with the reason. Throws
 * `SOURCE_REFUSED` where only a person can help, and whatever `deliver` throws.
 */
export const runStream = async <T>(options: StreamOptions<T>, signal: AbortSignal): Promise<void> => {
  const { context, blindAfterMs } = options
  const { clock } = context
  let lastSeenAt = clock.now()
  let failures = 0

  const reportApart = (reason: string) =>
    context.report({
      state: clock.now() - lastSeenAt >= blindAfterMs ? 'blind' : 'lagging',
      reason,
      sourceTime: options.sourceTime(),
    })

  const waitOut = async (waitMs: number, reason: string) => {
    const until = clock.now() + waitMs
    for (let left = waitMs; left > 0; left = until - clock.now()) {
      reportApart(reason)
      await clock.sleep(Math.min(left, REPORT_EVERY_MS), signal)
    }
    reportApart(reason)
  }

  const read = async (connection: Connection<T>) => {
    for (;;) {
      const items = await withinIdle(connection, options, signal)
      if (items === null) throw new Error('the platform closed the connection')
      lastSeenAt = clock.now()
      failures = 0
      context.buffered(connection.waiting(), options.maxWaiting)
      try {
        await options.deliver(items)
      } catch (cause) {
        throw new DeliveryFailed(cause)
      }
    }
  }

  for (let attempt = 0; !signal.aborted; attempt += 1) {
    let connection: Connection<T> | null = null
    const close = () => connection?.close()
    signal.addEventListener('abort', close)
    try {
      connection = await options.connect(attempt)
      signal.throwIfAborted()
      await read(connection)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof DeliveryFailed) throw error.cause
      if (needsPerson(error)) throw sourceRefused(context.source, error)
      if (error instanceof PlatformError && (error.status === 400 || error.status === 410)) options.onRefusedRequest?.()
      failures += 1
      const reason = reasonOf(error)
      context.logger.warn({ failures, reason }, 'stream broke, connecting again')
      const asked = error instanceof PlatformError ? error.retryAfterMs : null
      const backoffMs = options.backoffMs?.(error, failures) ?? fullJitterMs(failures, BACKOFF, context.random)
      // Asked to come back at once, or at a time that is past by our clock, is asked for nothing.
      await waitOut(asked !== null && asked > 0 ? asked : backoffMs, reason).catch((aborted: unknown) => {
        if (!signal.aborted) throw aborted
      })
    } finally {
      signal.removeEventListener('abort', close)
      connection?.close()
    }
  }
}

const withinIdle = async <T>(
  connection: Connection<T>,
  { idleMs, maxBatch, context }: StreamOptions<T>,
  signal: AbortSignal,
): Promise<T[] | null> => {
  const done = new AbortController()
  const idle = context.clock.sleep(idleMs, AbortSignal.any([signal, done.signal])).then(
    () => {
      throw new StreamIdle(`nothing came for ${idleMs / SECOND_MS} s`)
    },
    (aborted: unknown) => {
      signal.throwIfAborted()
      throw aborted
    },
  )
  // When taking wins, nobody waits for the watchdog any more.
  idle.catch(() => undefined)
  try {
    return await Promise.race([connection.take(maxBatch), idle])
  } finally {
    done.abort()
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)
