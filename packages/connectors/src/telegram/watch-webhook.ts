import { MINUTE_MS, SECOND_MS } from '@outcry/contracts'
import type { SourceContext, SourceReport } from '../connector.ts'
import { runPoller } from '../http/run-poller.ts'
import { createTelegramClient, type WebhookInfo } from './telegram-client.ts'
import type { TelegramConfig } from './telegram-config.ts'

const EVERY_MS = 30 * SECOND_MS
const RECENT_MS = 2 * MINUTE_MS

/** The run of a source whose platform sends by itself: asks the platform whether it does, and how well that goes. */
export const watchWebhook = (
  config: TelegramConfig,
  context: SourceContext,
  blindAfterMs: number,
  signal: AbortSignal,
): Promise<void> => {
  const client = createTelegramClient(config, context)
  let sentUpTo = 0

  const poll = async () => {
    const trouble = troubleOf(await client.webhookInfo(signal), context.clock.now())
    if (trouble === null) sentUpTo = context.clock.now()
    const report: SourceReport =
      trouble === null
        ? { state: 'live', reason: 'waiting for webhooks', sourceTime: sentUpTo }
        : { ...trouble, sourceTime: sentUpTo }
    return { report, again: false }
  }

  return runPoller({ context, poll, everyMs: EVERY_MS, blindAfterMs, sourceTime: () => sentUpTo }, signal)
}

/** The last error stays told when all is well again: only with updates that wait does it count. */
const troubleOf = (info: WebhookInfo, now: number): Pick<SourceReport, 'state' | 'reason'> | null => {
  if (info.url === '') return { state: 'blind', reason: 'no webhook is set for this bot: call setWebhook' }
  const waiting = info.pending_update_count ?? 0
  const failedAt = (info.last_error_date ?? 0) * SECOND_MS
  if (waiting === 0 || now - failedAt > RECENT_MS) return null
  const why = (info.last_error_message ?? 'without a reason').slice(0, 150)
  return { state: 'lagging', reason: `Telegram cannot send ${waiting} updates: ${why}` }
}
