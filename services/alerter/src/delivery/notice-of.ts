import type { Sql } from '@outcry/contracts'
import type { Notice } from '@outcry/notifiers'
import type { ClaimedDelivery } from '@outcry/store'
import type { DeliveryBody } from '../store-decision.ts'
import { alertById } from '../tables/alert-by-id.ts'
import { loadView } from '../tables/states.ts'

/**
 * What a delivery says. The alert has the numbers of its moment; the posts come from the issue as it is now, so that
 * one deleted meanwhile stays here. Null when the alert has expired.
 */
export const noticeOf = async (sql: Sql, delivery: ClaimedDelivery, publicUrl: string): Promise<Notice | null> => {
  const { id, dedupKey } = delivery
  const body = delivery.body as DeliveryBody
  const base = { id, dedupKey, action: body.action }
  if (body.alarm !== undefined) return { ...base, about: 'source', url: `${publicUrl}/#/sources`, alarm: body.alarm }
  const alert = await alertById(sql, delivery.alertId)
  if (alert === null) return null
  const issue = await loadView(sql, delivery.issueId)
  const url = `${publicUrl}/#/issues/${encodeURIComponent(delivery.issueId)}`
  return { ...base, about: 'issue', url, alert, evidence: issue?.evidence ?? null }
}
