import { isoTime, Secret, plainText, withoutHandles } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import { type PagingNotice, noticeAt } from '../notice.ts'
import { CHART_NAME, chartOf } from '../render/chart-of.ts'
import { cutText } from '../render/cut-text.ts'
import { noticeSummary, type ShownPost, shownPosts } from '../render/notice-text.ts'
import { hasPagingWord, wakes } from '../render/paging-word.ts'
import { postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { BaseUrl, pagingFields } from '../target-fields.ts'

const MAX_SUMMARY_CHARS = 1_024
const MAX_BODY_BYTES = 512_000

const PagerdutyTarget = Type.Object(
  {
    format: Type.Literal('pagerduty'),
    ...pagingFields,
    routingKey: Secret('Integration key of an Events API v2 integration, 32 characters.', {
      minLength: 32,
      maxLength: 32,
    }),
    url: BaseUrl('https://events.pagerduty.com/v2/enqueue', 'Address of the Events API; another one in the EU.'),
  },
  { additionalProperties: false },
)
type PagerdutyTarget = Static<typeof PagerdutyTarget>

/** `incident` may wait a moment, `crisis` may not; what does not page must not wake anybody. */
const SEVERITIES = { incident: 'warning', major: 'error', crisis: 'critical' } as const

/** PagerDuty Events API v2: https://developer.pagerduty.com/docs/events-api-v2-overview */
export const pagerduty = defineFormat({
  name: 'pagerduty',
  configSchema: PagerdutyTarget,
  render: (notice, target, context) => {
    if (!hasPagingWord(notice)) return null
    const head = { routing_key: target.routingKey, event_action: notice.action, dedup_key: notice.dedupKey }
    const body =
      notice.action === 'trigger'
        ? withinBytes(MAX_BODY_BYTES, triggers(head, notice, target, context))
        : JSON.stringify(head)
    return postJson(target.url, body)
  },
})

function* triggers(head: object, notice: PagingNotice, target: PagerdutyTarget, context: RenderContext) {
  const posts = shownPosts(notice, context)
  const chart = chartOf(notice)
  for (const shown of [posts, posts.slice(0, 1), []]) {
    yield {
      ...head,
      client: 'Outcry',
      client_url: notice.url,
      links: [
        { href: notice.url, text: 'Open in Outcry' },
        ...shown.flatMap((post) => (post.url === null ? [] : [{ href: post.url, text: `Post on ${post.source}` }])),
      ],
      ...(chart === null ? {} : { images: [{ src: chart, href: notice.url, alt: CHART_NAME }] }),
      payload: {
        summary: noticeSummary(notice, MAX_SUMMARY_CHARS),
        source: 'outcry',
        timestamp: isoTime(noticeAt(notice)),
        ...payloadOf(notice, target, shown),
      },
    }
  }
}

const payloadOf = (notice: PagingNotice, target: PagerdutyTarget, posts: readonly ShownPost[]): object => {
  if (notice.about === 'source') {
    const { alarm } = notice
    const details = { connector: alarm.connector, blind_since: isoTime(alarm.since), reason: plainText(alarm.reason) }
    return { severity: 'error', component: alarm.source, class: 'source', custom_details: details }
  }
  const { alert, evidence, delays } = notice
  return {
    severity: wakes(notice, target) ? SEVERITIES[alert.severity] : 'info',
    component: alert.brand,
    group: alert.issueType ?? 'complaints',
    class: alert.kind,
    custom_details: {
      issue: alert.issueId,
      severity: alert.severity,
      since: isoTime(alert.since),
      people: alert.authors,
      people_in_window: alert.observed ?? null,
      expected_in_window: alert.expected,
      mentions: alert.mentions,
      window_minutes: alert.windowMs / 60_000,
      authenticity: alert.authenticity,
      harm: evidence?.harm ?? null,
      first_hand: evidence?.firstHand ?? null,
      hearsay: evidence?.hearsay ?? null,
      unanswered_share: evidence?.unanswered ?? null,
      why: alert.reasons.map((reason) => plainText(cutText(reason, 300))),
      page: alert.pageReason,
      terms: alert.terms.map((term) => withoutHandles(cutText(term, 200))),
      platforms: evidence?.platforms ?? {},
      delay_seconds: Object.fromEntries(delays.map(({ source, medianMs }) => [source, medianMs / 1_000])),
      posts,
    },
  }
}
