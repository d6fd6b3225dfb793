import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { SourceContext, SourceReport } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { fullJitterMs } from './full-jitter.ts'
import { needsPerson, PlatformError, sourceRefused } from './platform-error.ts'

const REPORT_EVERY_MS = 5 * SECOND_MS
/** A source that looks seldom is tried again sooner after a failed look, so that it is not blind for long. */
const LONGEST_BACKOFF_MS = 2 * MINUTE_MS

export type PollerOptions = {
  context: SourceContext
  /** Looks once and delivers what is new; the report says up to when. `again`: more waits, look at once. */
  poll(signal: AbortSignal): Promise<{ report: SourceReport; again: boolean }>
  everyMs: number
  blindAfterMs: number
  /** Largest `sourceTime` delivered, for reports while nothing can be read. */
  sourceTime(): number
}

/**
 * Polls until `signal` aborts, one look at a time, with full jitter after failures or when the platform asks. Reports
 * `lagging` while it fails, `blind` once nothing was seen for `blindAfterMs`; where looks are further apart than that, the
 * time counts from shortly before the first that failed. Throws `SOURCE_REFUSED` where only a person can help.
 */
export const runPoller = async (options: PollerOptions, signal: AbortSignal): Promise<void> => {
  const { context, everyMs, blindAfterMs } = options
  const { clock } = context
  let lastSeenAt = clock.now()
  let failures = 0
  let failingSince = 0

  const isBlind = (): boolean => {
    const silentSince = Math.max(lastSeenAt, failingSince - Math.min(everyMs, blindAfterMs / 2))
    return clock.now() - silentSince >= blindAfterMs
  }

  const waitOut = async (waitMs: number, report: () => SourceReport) => {
    const until = clock.now() + waitMs
    do {
      context.report(report())
      await clock.sleep(Math.max(0, Math.min(until - clock.now(), REPORT_EVERY_MS)), signal)
    } while (clock.now() < until)
  }

  const lookOnce = async () => {
    const startedAt = clock.now()
    try {
      const { report, again } = await options.poll(signal)
      lastSeenAt = clock.now()
      failures = 0
      if (again) context.report(report)
      // What was seen holds until the next look, so the report stands still with it.
      else await waitOut(everyMs, () => report)
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof DeliveryFailed) throw error.cause
      if (needsPerson(error)) throw sourceRefused(context.source, error)
      if (failures === 0) failingSince = startedAt
      failures += 1
      const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown'
      context.logger.warn({ failures, reason }, 'poll failed')
      const asked = error instanceof PlatformError ? error.retryAfterMs : null
      const backoff = { baseMs: SECOND_MS, capMs: Math.min(everyMs * 2, LONGEST_BACKOFF_MS) }
      // A platform that asks to come back at once, or at a time that is past by our clock, is no reason to hurry.
      const waitMs = asked !== null && asked > 0 ? asked : fullJitterMs(failures, backoff, context.random)
      await waitOut(waitMs, () => ({
        state: isBlind() ? 'blind' : 'lagging',
        reason,
        sourceTime: options.sourceTime(),
      }))
    }
  }

  try {
    while (!signal.aborted) await lookOnce()
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
