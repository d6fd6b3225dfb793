import { HOUR_MS, isoTime, MINUTE_MS, Secret, SEVERITY_RANK, type Severity, plainText } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { defineFormat, type HttpRequests, type RenderContext } from '../format.ts'
import { noticeAt, type PagingNotice } from '../notice.ts'
import { cutText } from '../render/cut-text.ts'
import { noticeFacts } from '../render/notice-facts.ts'
import { noticeLabel, noticeSummary, shownPosts } from '../render/notice-text.ts'
import { below, postJson } from '../render/post-json.ts'
import { BaseUrl, pagingFields, perMinute } from '../target-fields.ts'

const MAX_SUMMARY_CHARS = 500
const MAX_ANNOTATION_CHARS = 2_000
/** What is not renewed ends by itself. Prometheus lets an alert outlive as many renewals. */
const RENEWALS_OUTLIVED = 4

const AlertmanagerTarget = Type.Object(
  {
    format: Type.Literal('alertmanager'),
    ...pagingFields,
    perMinute: perMinute(6_000, 'Most messages in a minute; open issues are said again each minute.'),
    pagesOnly: Type.Boolean({
      default: true,
      description: 'Send only alerts of issues that page; false also sends held ones, which look the same there.',
    }),
    urls: Type.Array(BaseUrl('http://127.0.0.1:9093', 'Address of one replica, without /api/v2/alerts.'), {
      minItems: 1,
      maxItems: 16,
      description: 'Every replica, each by its own address: a load balancer before them would lose alerts.',
    }),
    renewEveryMs: Type.Integer({
      minimum: 1_000,
      maximum: 3_600_000,
      default: MINUTE_MS,
      description:
        'Time between two renewals of what is open; an alert ends by itself after four without. Milliseconds.',
    }),
    token: Type.Optional(Secret('Bearer token, where a proxy before Alertmanager asks for one.')),
  },
  { additionalProperties: false },
)
type AlertmanagerTarget = Static<typeof AlertmanagerTarget>

type PushedAlert = {
  labels: Record<string, string>
  annotations: Record<string, string>
  startsAt: string
  endsAt: string
  generatorURL: string
}

/** Alertmanager API v2: https://github.com/prometheus/alertmanager/blob/main/docs/alerts_api.md */
export const alertmanager = defineFormat({
  name: 'alertmanager',
  configSchema: AlertmanagerTarget,
  renewal: {
    everyMs: (target) => target.renewEveryMs,
    resolvedForMs: HOUR_MS / 4,
    render: (notices, target, context) =>
      pushOf(
        notices.flatMap((notice) => (notice.about === 'digest' ? [] : [alertOf(notice, target, context)])),
        target,
      ),
  },
  // A digest is no alert: nothing of it burns or ends.
  render: (notice, target, context) =>
    notice.about === 'digest' ? null : pushOf(alertsOf(notice, target, context), target),
})

/** To all replicas at once: they tell one another what they notified, not what they were told. */
const pushOf = (alerts: readonly PushedAlert[], target: AlertmanagerTarget): HttpRequests => {
  const body = JSON.stringify(alerts)
  const headers = target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }
  return { needs: 'one', requests: target.urls.map((url) => postJson(below(url, '/api/v2/alerts'), body, headers)) }
}

/**
 * Alertmanager tells alerts apart by their labels, so these hold nothing that changes but the severity. When it rises,
 * the alert of the lower one ends in the same push: Alertmanager says nothing of an alert that only changes its
 * annotations.
 */
const alertsOf = (notice: PagingNotice, target: AlertmanagerTarget, context: RenderContext): PushedAlert[] => {
  const now = alertOf(notice, target, context)
  if (notice.about === 'source' || notice.alert.kind !== 'escalated' || notice.alert.reason !== 'severity') return [now]
  const { severity, at } = notice.alert
  const lower = (Object.keys(SEVERITY_RANK) as Severity[]).filter((one) => SEVERITY_RANK[one] < SEVERITY_RANK[severity])
  const ended = lower.map((one) => ({ ...now, labels: { ...now.labels, severity: one }, endsAt: isoTime(at) }))
  return [now, ...ended]
}

const alertOf = (notice: PagingNotice, target: AlertmanagerTarget, context: RenderContext): PushedAlert => {
  const since = notice.about === 'issue' ? notice.alert.since : notice.alarm.since
  const at = noticeAt(notice)
  return {
    labels: labelsOf(notice),
    annotations: annotationsOf(notice, context),
    startsAt: isoTime(Math.min(since, at)),
    endsAt: isoTime(notice.action === 'resolve' ? at : context.nowMs + RENEWALS_OUTLIVED * target.renewEveryMs),
    generatorURL: notice.url,
  }
}

const labelsOf = (notice: PagingNotice): Record<string, string> => {
  if (notice.about === 'source') {
    const { source, connector } = notice.alarm
    return { alertname: 'OutcrySourceNotCounting', source, connector, severity: 'major' }
  }
  const { issueId, brand, severity, drill } = notice.alert
  const labels = { alertname: 'OutcryIssue', issue: issueId, brand, severity }
  return drill === true ? { ...labels, drill: 'true' } : labels
}

const annotationsOf = (notice: PagingNotice, context: RenderContext): Record<string, string> => {
  const facts = noticeFacts(notice).map(({ name, value }) => `${name}: ${value}`)
  const posts = shownPosts(notice, context).map(({ excerpt, url }) => `“${excerpt}”${url === null ? '' : ` ${url}`}`)
  return {
    summary: noticeSummary(notice, MAX_SUMMARY_CHARS),
    label: noticeLabel(notice),
    description: cutText(plainText(facts.join('; ')), MAX_ANNOTATION_CHARS),
    ...(posts.length === 0 ? {} : { posts: cutText(posts.join(' '), 4 * MAX_ANNOTATION_CHARS) }),
    url: notice.url,
  }
}
