import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { CHART_NAME, chartOf } from '../render/chart-of.ts'
import { noticeFacts } from '../render/notice-facts.ts'
import { noticeState, noticeTone } from '../render/notice-state.ts'
import { noticeSummary, placeOf, type ShownPost, shownPosts } from '../render/notice-text.ts'
import { postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { chatFields, SecretUrl } from '../target-fields.ts'

const MAX_TITLE_CHARS = 300
/** Teams documents 28 KB and is seen to refuse from about 21 KB. */
const MAX_BODY_BYTES = 18_000

const TeamsTarget = Type.Object(
  {
    format: Type.Literal('teams'),
    ...chatFields,
    url: SecretUrl('Address of a Workflow "Post to a channel when a webhook request is received".'),
  },
  { additionalProperties: false },
)

const COLORS = { burning: 'Attention', quiet: 'Warning', over: 'Good' } as const

/** Microsoft Teams Workflows with an Adaptive Card 1.2. */
export const teams = defineFormat({
  name: 'teams',
  configSchema: TeamsTarget,
  render: (notice, target, context) => postJson(target.url, withinBytes(MAX_BODY_BYTES, cards(notice, context))),
})

function* cards(notice: Notice, context: RenderContext) {
  const posts = shownPosts(notice, context)
  for (const shown of [posts, posts.slice(0, 1), []]) {
    yield {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: cardOf(notice, shown),
        },
      ],
    }
  }
}

/** Markdown is read in TextBlock and FactSet, not in TextRun: text from the world is only ever there. */
const cardOf = (notice: Notice, posts: readonly ShownPost[]) => ({
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.2',
  body: [
    lines({
      text: noticeSummary(notice, MAX_TITLE_CHARS),
      weight: 'Bolder',
      size: 'Medium',
      color: COLORS[noticeTone(notice)],
    }),
    { type: 'TextBlock', text: noticeState(notice), wrap: true, spacing: 'Small' },
    ...noticeFacts(notice).map(({ name, value }) =>
      lines({ text: `${name}: `, weight: 'Bolder' }, { text: value.replaceAll('\n', ' ') }),
    ),
    ...imagesOf(notice),
    ...posts.map((post) =>
      lines({ text: `“${post.excerpt}” ` }, { text: placeOf(post), isSubtle: true, size: 'Small' }),
    ),
  ],
  actions: [
    { type: 'Action.OpenUrl', title: 'Open in Outcry', url: notice.url },
    ...posts.flatMap(({ url }, index) =>
      url === null ? [] : [{ type: 'Action.OpenUrl', title: `Post ${index + 1}`, url }],
    ),
  ],
  msteams: { width: 'full' },
})

const imagesOf = (notice: Notice): object[] => {
  const url = chartOf(notice)
  return url === null ? [] : [{ type: 'Image', url, altText: CHART_NAME, size: 'Stretch' }]
}

const lines = (...runs: ({ text: string } & Record<string, unknown>)[]) => ({
  type: 'RichTextBlock',
  inlines: runs.map((run) => ({ type: 'TextRun', ...run })),
})
