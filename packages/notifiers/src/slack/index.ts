import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import type { Notice } from '../notice.ts'
import { CHART_NAME, chartOf } from '../render/chart-of.ts'
import { cutEscaped, escapeSlack } from '../render/escape-text.ts'
import { noticeFacts } from '../render/notice-facts.ts'
import { noticeHeadline } from '../render/notice-headline.ts'
import { noticeSummary, placeOf, type ShownPost, shownPosts } from '../render/notice-text.ts'
import { postJson } from '../render/post-json.ts'
import { withinBytes } from '../render/within-bytes.ts'
import { chatFields, SecretUrl } from '../target-fields.ts'

const MAX_HEADER_CHARS = 150
const MAX_FALLBACK_CHARS = 500
const MAX_FIELD_CHARS = 400
const MAX_FIELDS = 10
/** Slack refuses messages of about 13 200 characters with msg_blocks_too_long, and does not document it. */
const MAX_BODY_BYTES = 12_000

const SlackTarget = Type.Object(
  {
    format: Type.Literal('slack'),
    ...chatFields,
    url: SecretUrl('Address of an incoming webhook of a Slack app; whoever has it can post.'),
  },
  { additionalProperties: false },
)

/** Slack incoming webhooks with Block Kit: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export const slack = defineFormat({
  name: 'slack',
  configSchema: SlackTarget,
  render: (notice, target, context) => postJson(target.url, withinBytes(MAX_BODY_BYTES, messages(notice, context))),
})

function* messages(notice: Notice, context: RenderContext) {
  const posts = shownPosts(notice, context)
  for (const shown of [posts, posts.slice(0, 2), posts.slice(0, 1), []]) {
    yield {
      text: noticeHeadline(notice, MAX_FALLBACK_CHARS, escapeSlack),
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        { type: 'header', text: plain(noticeSummary(notice, MAX_HEADER_CHARS, escapeSlack)) },
        { type: 'section', fields: fieldsOf(notice) },
        ...shown.flatMap(postBlocks),
        { type: 'section', text: { type: 'mrkdwn', text: link(notice.url, 'Open in Outcry'), verbatim: true } },
      ],
      ...chartAttachment(notice),
    }
  }
}

/** An image block that Slack cannot fetch makes it refuse the whole message; an attachment is then merely missing. */
const chartAttachment = (notice: Notice): object => {
  const url = chartOf(notice)
  return url === null ? {} : { attachments: [{ fallback: CHART_NAME, image_url: url }] }
}

/** Text from the world is only ever plain_text, where Slack knows no formatting. */
const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

const fieldsOf = (notice: Notice) =>
  noticeFacts(notice)
    .slice(0, MAX_FIELDS)
    .map(({ name, value }) => plain(cutEscaped(`${name}: ${value}`, MAX_FIELD_CHARS, escapeSlack)))

const postBlocks = (post: ShownPost): object[] => [
  { type: 'section', text: plain(`“${escapeSlack(post.excerpt)}”`) },
  {
    type: 'context',
    elements: [
      plain(placeOf(post, escapeSlack)),
      ...(post.url === null ? [] : [{ type: 'mrkdwn', text: link(post.url, 'Open post'), verbatim: true }]),
    ],
  },
]

/** The URL parser leaves no angle bracket in an address; a bar would end it. */
const link = (url: string, name: string): string => `<${escapeSlack(url.replaceAll('|', '%7C'))}|${name}>`
