import { MENTIONS_TOPIC } from '@outcry/bus'
import { OutcryError, type Sql } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import { drillAlerts, type ShownAlert } from './drill-alerts.ts'
import type { SentDrill } from './send-drill.ts'

const POLL_MS = 150

/**
 * Waits until detector and alerter have taken in the whole drill, and tells each alert as it comes. Resolves with all
 * of them. Throws `DRILL_UNANSWERED` where nobody takes it in for `timeoutMs`.
 */
export const followDrill = async (
  deps: { sql: Sql; clock: Clock; signal: AbortSignal },
  sent: SentDrill,
  options: { timeoutMs: number; onAlert: (shown: ShownAlert) => void },
): Promise<ShownAlert[]> => {
  const { sql, clock, signal } = deps
  const alerts: ShownAlert[] = []
  let progressAt = clock.now()
  let before = ''
  for (;;) {
    const done = await isTakenIn(sql, sent)
    for (const shown of await drillAlerts(sql, sent.shadow, alerts.length)) {
      alerts.push(shown)
      options.onAlert(shown)
    }
    if (done.complete) return alerts
    const state = `${done.position} ${alerts.length}`
    if (state !== before) progressAt = clock.now()
    before = state
    if (clock.now() - progressAt > options.timeoutMs)
      throw new OutcryError('DRILL_UNANSWERED', 'The drill is on the bus, and nobody takes it in.', {
        fix: 'Check that detector and alerter run, and that they use this database and this bus.',
      })
    await clock.sleep(POLL_MS, signal)
  }
}

/** Whether the detector is past the drill's last record and the alerter past the drill's last event. */
const isTakenIn = async (sql: Sql, sent: SentDrill): Promise<{ complete: boolean; position: number }> => {
  const { rows } = await sql.query<{ position: number; waiting: boolean }>(
    `SELECT coalesce((SELECT position FROM outcry.partition_state
                      WHERE consumer = 'detector' AND topic = $1 AND partition = $2), -1)::float8 AS position,
            coalesce((SELECT max(seq) FROM outcry.issue_event WHERE brand = $3), 0)
              > coalesce((SELECT event_seq FROM outcry.brand_alerting WHERE brand = $3), 0) AS waiting`,
    [MENTIONS_TOPIC, sent.partition, sent.shadow],
  )
  const { position, waiting } = rows[0]!
  return { complete: position >= sent.lastPosition && !waiting, position }
}
