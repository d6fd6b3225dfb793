import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { chartOf } from '../render/chart-of.ts'
import { escapeMarkdown } from '../render/escape-text.ts'
import { markdownLines } from '../render/notice-lines.ts'
import { noticeSummary } from '../render/notice-text.ts'
import { hasPagingWord } from '../render/paging-word.ts'
import { postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { pagingFields, SecretUrl } from '../target-fields.ts'

const MAX_TITLE_CHARS = 300
const MAX_BODY_BYTES = 32_000

const GrafanaIrmTarget = Type.Object(
  {
    format: Type.Literal('grafana-irm'),
    ...pagingFields,
    url: SecretUrl('Address of an integration of the kind "Formatted webhook"; whoever has it can raise alerts.'),
  },
  { additionalProperties: false },
)

/** Grafana IRM and OnCall by a formatted webhook: https://grafana.com/docs/oncall/latest/configure/integrations/references/webhook/ */
export const grafanaIrm = defineFormat({
  name: 'grafana-irm',
  configSchema: GrafanaIrmTarget,
  render: (notice, target, context) => {
    // There is no acknowledging from outside.
    if (!hasPagingWord(notice) || notice.action === 'acknowledge') return null
    return postJson(target.url, withinBytes(MAX_BODY_BYTES, [alertOf(notice, context)]))
  },
})

const alertOf = (notice: Notice, context: RenderContext): object => {
  const { facts, posts } = markdownLines(notice, context)
  const chart = chartOf(notice)
  return {
    alert_uid: notice.dedupKey,
    title: noticeSummary(notice, MAX_TITLE_CHARS, escapeMarkdown),
    state: notice.action === 'resolve' ? 'ok' : 'alerting',
    link_to_upstream_details: notice.url,
    message: [...facts, ...posts].join('\n'),
    ...(chart === null ? {} : { image_url: chart }),
  }
}
