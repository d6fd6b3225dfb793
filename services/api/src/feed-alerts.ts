import { isoTime, type Alert, type AlertNews, type SqlPool } from '@outcry/contracts'
import type { FeedPort } from '@outcry/feed'
import { alertsAfter, latestAlertSeq } from '@outcry/store'

const view = (alert: Alert): AlertNews => ({ ...alert, at: isoTime(alert.at), since: isoTime(alert.since) })

/** The alert table as the feed reads it. */
export const createFeedAlerts = (pool: SqlPool): FeedPort => ({
  async alertsAfter(seq, limit) {
    const rows = await alertsAfter(pool, seq, {}, limit)
    return rows.map(({ seq, alert }) => ({ seq, brand: alert.brand, kind: alert.kind, data: view(alert) }))
  },
  head: async () => latestAlertSeq(pool),
})
