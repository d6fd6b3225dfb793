import type { SourceContext } from '../connector.ts'

const BEAT_MS = 5_000

/**
 * The run of a source that only waits for its platform to send: live, up to now, as long as its door is open. What comes
 * through the door goes to ingest by the connector's `webhook`, not through here.
 */
export const waitForWebhooks = async (
  { clock, report }: Pick<SourceContext, 'clock' | 'report'>,
  signal: AbortSignal,
  reason = 'waiting for webhooks',
): Promise<void> => {
  while (!signal.aborted) {
    report({ state: 'live', reason, sourceTime: clock.now() })
    await clock.sleep(BEAT_MS, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
  }
}
