import type { Sql } from '@outcry/contracts'
import type { Notice } from '@outcry/notifiers'
import { alertToSend, type ClaimedDelivery, sourceDelays } from '@outcry/store'
import type { DeliveryBody } from '../store-decision.ts'

/**
 * What a delivery says. The alert has the numbers of its moment; the posts come from the issue as it is now, so that
 * one deleted meanwhile stays here. Null when the alert has expired.
 */
export const noticeOf = async (
  sql: Sql,
  delivery: Pick<ClaimedDelivery, 'id' | 'dedupKey' | 'alertId' | 'issueId' | 'body'>,
  publicUrl: string,
): Promise<Notice | null> => {
  const { id, dedupKey } = delivery
  const body = delivery.body as DeliveryBody
  const base = { id, dedupKey, action: body.action }
  if (body.alarm !== undefined) return { ...base, about: 'source', url: `${publicUrl}/#/sources`, alarm: body.alarm }
  if (body.digest !== undefined) {
    const issues = body.digest.issues.map((issue) => ({ ...issue, url: issueUrl(publicUrl, issue.issueId) }))
    return { ...base, about: 'digest', url: `${publicUrl}/#/`, digest: { ...body.digest, issues } }
  }
  const found = await alertToSend(sql, delivery.alertId)
  if (found === null) return null
  const delays = await sourceDelays(sql, found.alert.brand, found.alert.mentionIds)
  return { ...base, about: 'issue', url: issueUrl(publicUrl, delivery.issueId), ...found, delays }
}

const issueUrl = (publicUrl: string, id: string): string => `${publicUrl}/#/issues/${encodeURIComponent(id)}`
