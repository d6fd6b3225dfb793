import { describeFormat } from '../../test/compliance.ts'
import { CHART_URL } from '../../test/notices.ts'
import { liveMarks, unescapeMarkdown } from '../../test/markdown.ts'
import { discord } from './index.ts'

type Embed = {
  title: string
  url: string
  description: string
  color: number
  fields: { name: string; value: string }[]
  image?: { url: string }
}
type Message = { content?: string; username: string; allowed_mentions: { parse: string[] }; embeds: Embed[] }

/** Links of our own making: an address in angle brackets. */
const withoutLinks = (text: string) => text.replaceAll(/ <https?:\/\/[^\s<>]+>/g, '')

describeFormat({
  format: discord,
  fields: (url) => ({ url: `${url}/api/webhooks/1/t0ken` }),
  taken: { status: 204, body: '' },
  keyOf: ({ body }) => body,
  shown: ({ body }) => {
    const { title, description, url, fields } = (JSON.parse(body) as Message).embeds[0]!
    return unescapeMarkdown([title, url, description, ...fields.map(({ value }) => value)].join('\n'))
  },
  faults: ({ headers, body }, notice) => {
    const message = JSON.parse(body) as Message
    const [embed] = message.embeds
    if (embed === undefined) return ['no embed']
    const texts = [embed.title, embed.description, ...embed.fields.map(({ value }) => value)]
    const whole = texts.join('').length + embed.fields.map(({ name }) => name).join('').length
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(JSON.stringify(message.allowed_mentions) === '{"parse":[]}' ? [] : ['may mention']),
      ...(message.content === undefined ? [] : ['content']),
      ...(embed.image?.url === ('chartUrl' in notice ? CHART_URL : undefined) ? [] : ['image']),
      ...(embed.title.length > 0 && embed.title.length <= 256 ? [] : ['title']),
      ...(embed.description.length <= 4_096 ? [] : ['description']),
      ...(embed.fields.length <= 25 ? [] : ['fields']),
      ...embed.fields.filter(({ value }) => value === '' || value.length > 1_024).map(({ name }) => `field ${name}`),
      ...(whole <= 6_000 ? [] : ['embed']),
      ...texts.flatMap((text) => liveMarks(withoutLinks(text))).map((mark) => `mark ${mark}`),
    ]
  },
})
