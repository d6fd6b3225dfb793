import { type Sql, watchedBrand } from '@outcry/contracts'
import type { Notice } from '@outcry/notifiers'
import { alertToSend, type ClaimedDelivery, sourceDelays } from '@outcry/store'
import type { DeliveryBody } from '../store-decision.ts'
import type { MessageLinks } from './message-links.ts'

/** What a notice is read with: where it leads, and what people call the brands. */
export type NoticeContext = { links: MessageLinks; brandNames: ReadonlyMap<string, string> }

/**
 * What a delivery says. The alert has the numbers of its moment; the posts come from the issue as it is now, so that
 * one deleted meanwhile stays here. Null when the alert has expired.
 */
export const noticeOf = async (
  sql: Sql,
  delivery: Pick<ClaimedDelivery, 'id' | 'dedupKey' | 'alertId' | 'issueId' | 'body'>,
  { links, brandNames }: NoticeContext,
): Promise<Notice | null> => {
  const { id, dedupKey } = delivery
  const body = delivery.body as DeliveryBody
  const nameOf = (brand: string) => brandNames.get(watchedBrand(brand)) ?? brand
  const base = { id, dedupKey, action: body.action }
  if (body.alarm !== undefined) return { ...base, about: 'source', url: links.sources, alarm: body.alarm }
  if (body.digest !== undefined) {
    const issues = body.digest.issues.map((issue) => ({
      ...issue,
      brandName: nameOf(issue.brand),
      url: links.issue(issue.issueId),
    }))
    return { ...base, about: 'digest', url: links.home, digest: { ...body.digest, issues } }
  }
  const found = await alertToSend(sql, delivery.alertId)
  if (found === null) return null
  const delays = await sourceDelays(sql, found.alert.brand, found.alert.mentionIds)
  const charted = (found.evidence?.series.length ?? 0) > 0
  const chartUrl = charted ? await links.chart(delivery.issueId, found.alert.at) : null
  const chart = chartUrl === null ? {} : { chartUrl }
  return {
    ...base,
    about: 'issue',
    url: links.issue(delivery.issueId),
    brandName: nameOf(found.alert.brand),
    ...found,
    delays,
    ...chart,
  }
}
