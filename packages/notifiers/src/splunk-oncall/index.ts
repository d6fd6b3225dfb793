import { Secret } from '@outcry/contracts'
import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import { type PagingNotice, noticeAt } from '../notice.ts'
import { cutText } from '../render/cut-text.ts'
import { plainLines } from '../render/notice-lines.ts'
import { noticeSummary } from '../render/notice-text.ts'
import { hasPagingWord, wakes } from '../render/paging-word.ts'
import { below, postJson } from '../render/post-json.ts'
import { BaseUrl, pagingFields } from '../target-fields.ts'

const MAX_NAME_CHARS = 500
const MAX_MESSAGE_CHARS = 20_480

const SplunkOnCallTarget = Type.Object(
  {
    format: Type.Literal('splunk-oncall'),
    ...pagingFields,
    url: BaseUrl(
      'https://alert.victorops.com/integrations/generic/20131114/alert',
      'Address of the REST integration, before the API key.',
    ),
    apiKey: Secret('API key of the REST integration. It is sent as a part of the address.'),
    routingKey: Type.String({ pattern: '^[A-Za-z0-9._~-]{1,100}$', description: 'Routing key that leads to a team.' }),
  },
  { additionalProperties: false },
)

/** Splunk On-Call (VictorOps) REST endpoint: https://help.victorops.com/knowledge-base/rest-endpoint-integration-guide */
export const splunkOncall = defineFormat({
  name: 'splunk-oncall',
  configSchema: SplunkOnCallTarget,
  render: (notice, target, context) => {
    if (!hasPagingWord(notice)) return null
    const url = below(target.url, `/${encodeURIComponent(target.apiKey)}/${target.routingKey}`)
    const message = {
      message_type: messageType(notice, target),
      entity_id: notice.dedupKey,
      entity_display_name: noticeSummary(notice, MAX_NAME_CHARS),
      state_message: messageOf(notice, context),
      state_start_time: Math.floor((notice.about === 'issue' ? notice.alert.since : notice.alarm.since) / 1_000),
      timestamp: Math.floor(noticeAt(notice) / 1_000),
      monitoring_tool: 'Outcry',
      alert_url: notice.url,
    }
    return postJson(url, JSON.stringify(message))
  },
})

/** A WARNING may page or not as the team has set it; what pages here must page there, so it is CRITICAL. */
const messageType = (notice: PagingNotice, target: { pagesOnly: boolean }): string => {
  if (notice.action === 'resolve') return 'RECOVERY'
  if (notice.action === 'acknowledge') return 'ACKNOWLEDGEMENT'
  return wakes(notice, target) ? 'CRITICAL' : 'INFO'
}

const messageOf = (notice: PagingNotice, context: RenderContext): string => {
  const { facts, posts } = plainLines(notice, context)
  return cutText([notice.url, ...facts, '', ...posts].join('\n'), MAX_MESSAGE_CHARS)
}
