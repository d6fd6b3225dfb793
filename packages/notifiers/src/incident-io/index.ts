import { Secret } from '@outcry/contracts'
import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import type { PagingNotice } from '../notice.ts'
import { markdownLines } from '../render/notice-lines.ts'
import { noticeSummary } from '../render/notice-text.ts'
import { hasPagingWord, wakes } from '../render/paging-word.ts'
import { below, postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { BaseUrl, pagingFields } from '../target-fields.ts'

const MAX_TITLE_CHARS = 300
const MAX_BODY_BYTES = 512 * 1_024

const IncidentIoTarget = Type.Object(
  {
    format: Type.Literal('incident-io'),
    ...pagingFields,
    url: BaseUrl('https://api.incident.io', 'Address before /v2/alert_events.'),
    alertSource: Type.String({
      pattern: '^[A-Za-z0-9_-]{1,100}$',
      description: 'Id of the HTTP alert source: the last part of the address that its page shows.',
    }),
    token: Secret('Token of the alert source.'),
  },
  { additionalProperties: false },
)

/** Alert events of incident.io by an HTTP alert source: https://api-docs.incident.io/tag/Alert-Events-V2 */
export const incidentIo = defineFormat({
  name: 'incident-io',
  configSchema: IncidentIoTarget,
  render: (notice, target, context) => {
    // There is no acknowledging from outside.
    if (!hasPagingWord(notice) || notice.action === 'acknowledge') return null
    const url = below(target.url, `/v2/alert_events/http/${target.alertSource}`)
    const body = withinBytes(MAX_BODY_BYTES, [eventOf(notice, target, context)])
    return postJson(url, body, { authorization: `Bearer ${target.token}` })
  },
})

const eventOf = (notice: PagingNotice, target: { pagesOnly: boolean }, context: RenderContext): object => {
  const { facts, posts } = markdownLines(notice, context)
  return {
    title: noticeSummary(notice, MAX_TITLE_CHARS),
    status: notice.action === 'resolve' ? 'resolved' : 'firing',
    deduplication_key: notice.dedupKey,
    description: [...facts, ...posts].join('\n'),
    source_url: notice.url,
    metadata: {
      ...(notice.about === 'issue'
        ? { brand: notice.alert.brand, severity: notice.alert.severity, type: notice.alert.issueType ?? '' }
        : { source: notice.alarm.source, severity: 'major' }),
      urgent: wakes(notice, target),
    },
  }
}
