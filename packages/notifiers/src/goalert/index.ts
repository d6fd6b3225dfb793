import { Secret } from '@outcry/contracts'
import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { cutText } from '../render/cut-text.ts'
import { markdownLines } from '../render/notice-lines.ts'
import { noticeSummary } from '../render/notice-text.ts'
import { hasPagingWord } from '../render/paging-word.ts'
import { below, postJson } from '../render/post-json.ts'
import { pagingFields } from '../target-fields.ts'

/** The first words of a summary are read aloud on the phone. */
const MAX_SUMMARY_CHARS = 1_024
const MAX_DETAILS_CHARS = 6 * 1_024

const GoalertTarget = Type.Object(
  {
    format: Type.Literal('goalert'),
    ...pagingFields,
    url: Type.String({
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 2_048,
      description: 'Address of your GoAlert, before /api/v2/generic/incoming.',
    }),
    token: Secret('Integration key of the kind "Generic API".'),
  },
  { additionalProperties: false },
)

/** GoAlert's generic API: its documentation page "Using Integration Keys". */
export const goalert = defineFormat({
  name: 'goalert',
  configSchema: GoalertTarget,
  render: (notice, target, context) => {
    // There is no acknowledging from outside, and no urgency: what does not page is not sent.
    if (!hasPagingWord(notice) || notice.action === 'acknowledge') return null
    if (notice.about === 'issue' && notice.action === 'trigger' && !notice.alert.page && !target.pagesOnly) return null
    const url = below(target.url, `/api/v2/generic/incoming?token=${encodeURIComponent(target.token)}`)
    const alert = {
      summary: noticeSummary(notice, MAX_SUMMARY_CHARS),
      details: detailsOf(notice, context),
      dedup: notice.dedupKey,
      ...(notice.action === 'resolve' ? { action: 'close' } : {}),
    }
    return postJson(url, JSON.stringify(alert))
  },
})

/** Markdown; the link comes first. */
const detailsOf = (notice: Notice, context: RenderContext): string => {
  const { facts, posts } = markdownLines(notice, context)
  const lines = [`[Open in Outcry](${notice.url})`, '', ...facts, ...posts]
  while (lines.join('\n').length > MAX_DETAILS_CHARS) lines.pop()
  return cutText(lines.join('\n'), MAX_DETAILS_CHARS)
}
