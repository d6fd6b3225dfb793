import { isoTime } from '@outcry/contracts'
import { Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import { type Notice, noticeAt } from '../notice.ts'
import { chartOf } from '../render/chart-of.ts'
import { cutEscaped, escapeMarkdown } from '../render/escape-text.ts'
import { noticeFacts } from '../render/notice-facts.ts'
import { noticeTone } from '../render/notice-state.ts'
import { noticeSummary, placeOf, type ShownPost, shownPosts } from '../render/notice-text.ts'
import { postJson } from '../render/post-json.ts'
import { chatFields, perMinute, SecretUrl } from '../target-fields.ts'

const MAX_TITLE_CHARS = 256
const MAX_DESCRIPTION_CHARS = 4_096
const MAX_FIELD_CHARS = 300
const MAX_POST_CHARS = 420
/** Title, description and fields of all embeds together may have 6 000 characters. */
const MAX_EMBED_CHARS = 5_900

const DiscordTarget = Type.Object(
  {
    format: Type.Literal('discord'),
    ...chatFields,
    perMinute: perMinute(30, 'Most requests in a minute; Discord takes 30 for one webhook.'),
    url: SecretUrl('Address of a webhook of a channel; whoever has it can post.'),
  },
  { additionalProperties: false },
)

const COLORS = { burning: 0xd9_2d_20, quiet: 0xf7_90_09, over: 0x12_b7_6a } as const

/** Discord's Execute Webhook: https://discord.com/developers/docs/resources/webhook#execute-webhook */
export const discord = defineFormat({
  name: 'discord',
  configSchema: DiscordTarget,
  render: (notice, target, context) => {
    const message = { username: 'Outcry', allowed_mentions: { parse: [] }, embeds: [embedOf(notice, context)] }
    return postJson(target.url, JSON.stringify(message))
  },
})

const embedOf = (notice: Notice, context: RenderContext) => {
  const title = noticeSummary(notice, MAX_TITLE_CHARS, escapeMarkdown)
  const fields = noticeFacts(notice).map(({ name, value }) => ({
    name,
    value: cutEscaped(value, MAX_FIELD_CHARS, escapeMarkdown),
    inline: value.length < 40,
  }))
  const used = title.length + fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  const chart = chartOf(notice)
  const room = Math.min(MAX_DESCRIPTION_CHARS, MAX_EMBED_CHARS - used)
  return {
    title,
    url: notice.url,
    description: wholeLines(shownPosts(notice, context).map(postLine), room),
    color: COLORS[noticeTone(notice)],
    timestamp: isoTime(noticeAt(notice)),
    fields,
    ...(chart === null ? {} : { image: { url: chart } }),
  }
}

/** An address in angle brackets is a link and nothing else; one that is very long stays out. */
const postLine = (post: ShownPost): string => {
  const { excerpt, url } = post
  const text = cutEscaped(excerpt, MAX_POST_CHARS, escapeMarkdown)
  const place = url === null || url.length > MAX_POST_CHARS ? '' : ` <${url}>`
  return `“${text}” ${placeOf(post, escapeMarkdown)}${place}`
}

const wholeLines = (lines: readonly string[], max: number): string => {
  let text = ''
  for (const line of lines) if (text.length + line.length + 1 <= max) text += `${line}\n`
  return text.trimEnd()
}
