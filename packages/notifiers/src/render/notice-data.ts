import { isoTime, plainText, withoutHandles } from '@outcry/contracts'
import type { RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { cutText } from './cut-text.ts'
import { labelText, noticeLabel, noticeSummary, shownPosts } from './notice-text.ts'

const MAX_SUMMARY_CHARS = 500
const MAX_REASON_CHARS = 1_000

/** A notice for machines, from the fullest form to the barest; numbers and links are in each. */
export const noticeData = (notice: Notice, context: RenderContext): object[] => {
  if (notice.about === 'source') {
    const { alarm } = notice
    const { id, kind, source, connector } = alarm
    const times = { at: isoTime(alarm.at), since: isoTime(alarm.since) }
    const reason = cutText(plainText(alarm.reason), MAX_REASON_CHARS)
    return [{ id, kind, source, connector, ...times, reason, url: notice.url }]
  }
  if (notice.about === 'digest') {
    const { id, at, since, issues, more } = notice.digest
    const listed = issues.map(({ heldAt, brandName, label, reason, ...issue }) => ({
      ...issue,
      brandName: plainText(brandName),
      label: labelText(label),
      heldAt: isoTime(heldAt),
      reason: cutText(plainText(reason), MAX_REASON_CHARS),
    }))
    const whole = { id, at: isoTime(at), since: isoTime(since), url: notice.url }
    return [
      { ...whole, issues: listed, more },
      { ...whole, issues: [], more: more + issues.length },
    ]
  }
  const whole = dataOf(notice)
  return [
    { ...whole, posts: shownPosts(notice, context) },
    { ...whole, posts: [] },
    { ...whole, posts: [], terms: [], reasons: [], platforms: {}, delays: [] },
  ]
}

/** Numbers, times and words of an alert as they leave the system. Ids of mentions identify people and stay. */
const dataOf = (notice: Notice & { about: 'issue' }): object => {
  const { alert, evidence, delays } = notice
  return {
    id: alert.id,
    issueId: alert.issueId,
    clusterId: alert.clusterId,
    dedupKey: notice.dedupKey,
    action: notice.action,
    kind: alert.kind,
    reason: alert.reason ?? null,
    brand: alert.brand,
    brandName: plainText(notice.brandName),
    severity: alert.severity,
    page: alert.page,
    pageReason: alert.pageReason,
    summary: noticeSummary(notice, MAX_SUMMARY_CHARS),
    label: noticeLabel(notice),
    terms: alert.terms.map((term) => withoutHandles(cutText(term, 200))),
    issueType: alert.issueType ?? null,
    at: isoTime(alert.at),
    since: isoTime(alert.since),
    mentions: alert.mentions,
    authors: alert.authors,
    observed: alert.observed ?? null,
    expected: alert.expected,
    windowMs: alert.windowMs,
    tailProbability: alert.tailProbability,
    authenticity: alert.authenticity,
    reasons: alert.reasons.map((reason) => plainText(cutText(reason, 300))),
    platforms: evidence?.platforms ?? {},
    delays,
    clock: alert.clock === undefined ? null : { name: alert.clock.name, dueAt: isoTime(alert.clock.dueAt) },
    by: alert.by === undefined ? null : plainText(cutText(alert.by, 300)),
    mergedInto: alert.mergedInto ?? null,
    drill: alert.drill === true,
    url: notice.url,
  }
}
