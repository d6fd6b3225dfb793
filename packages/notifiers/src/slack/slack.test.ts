import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { CHART_URL, issueNotice, targetConfig } from '../../test/notices.ts'
import { slack } from './index.ts'

type TextObject = { type: string; text: string; emoji?: boolean }
type Block = { type: string; text?: TextObject; fields?: TextObject[]; elements?: TextObject[] }
type Message = { text: string; blocks: Block[]; attachments?: { fallback: string; image_url: string }[] }

const LIMITS: Record<string, number> = { header: 150, section: 3_000, context: 3_000 }
/** Our own words and a link: the only mrkdwn there is. */
const LINK = /^<https?:\/\/[^\s<>|]+\|Open (?:in Outcry|post)>$/

const textsOf = ({ text, fields = [], elements = [] }: Block) => [
  ...(text === undefined ? [] : [text]),
  ...fields,
  ...elements,
]
const unescape = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

describeFormat({
  format: slack,
  fields: (url) => ({ url: `${url}/services/T000/B000/t0ken` }),
  taken: { status: 200, body: 'ok' },
  keyOf: ({ body }) => body,
  shown: ({ body }) => {
    const { text, blocks } = JSON.parse(body) as Message
    return unescape([text, ...blocks.flatMap(textsOf).map((one) => one.text)].join('\n'))
  },
  faults: ({ headers, body }, notice) => {
    const { text, blocks, attachments = [] } = JSON.parse(body) as Message
    const texts = blocks.flatMap(textsOf)
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(text === '' ? ['no fallback'] : []),
      ...(attachments.length === ('chartUrl' in notice ? 1 : 0) ? [] : ['attachments']),
      ...attachments.filter((one) => one.image_url !== CHART_URL || one.fallback === '').map(() => 'attachment'),
      ...(blocks.length <= 50 ? [] : ['blocks']),
      ...(body.length <= 13_200 ? [] : ['msg_blocks_too_long']),
      ...blocks.filter((block) => !(block.type in LIMITS)).map(({ type }) => `block ${type}`),
      ...blocks.filter(({ fields = [] }) => fields.length > 10).map(() => 'more than 10 fields'),
      ...blocks.filter(({ elements = [] }) => elements.length > 10).map(() => 'more than 10 elements'),
      ...blocks.flatMap(({ fields = [] }) => fields.filter((one) => one.text.length > 2_000)).map(() => 'long field'),
      ...blocks
        .filter((block) => textsOf(block).some((one) => one.text.length > (LIMITS[block.type] ?? 0)))
        .map(({ type }) => `long ${type}`),
      ...texts.filter((one) => one.text.trim() === '').map(() => 'empty text'),
      ...blocks.filter(({ type, text: one }) => type === 'header' && one?.type !== 'plain_text').map(() => 'header'),
      ...texts.filter((one) => one.type === 'mrkdwn' && !LINK.test(one.text)).map((one) => `mrkdwn: ${one.text}`),
      ...[text, ...texts.filter((one) => one.type === 'plain_text').map((one) => one.text)]
        .filter((one) => /[<>]|&(?!amp;|lt;|gt;)/.test(one))
        .map((one) => `not escaped: ${one}`),
    ]
  },
})

describe('a Slack message', () => {
  const render = (notice: ReturnType<typeof issueNotice>) => {
    const target = targetConfig({ format: 'slack', url: 'https://hooks.slack.example/services/x' })
    return JSON.parse(slack.render(notice, target, { nowMs: 0, handles: false })!.body) as Message
  }

  it('keeps the numbers in its heading, whatever the label', () => {
    const [header] = render(issueNotice({ alert: { label: '<&>'.repeat(500) } })).blocks
    expect(header?.text?.text).toMatch(
      /^Acme Shop: (?:&lt;|&amp;|&gt;)+….* - 22 people in 1 h, 0\.7 expected, 37 so far, major$/,
    )
  })

  it('shows the chart where a missing image costs no message', () => {
    const { blocks, attachments } = render(issueNotice({ chartUrl: CHART_URL }))
    expect(attachments).toEqual([{ fallback: expect.any(String) as string, image_url: CHART_URL }])
    expect(blocks.map(({ type }) => type)).not.toContain('image')
    expect(render(issueNotice()).attachments).toBeUndefined()
  })

  it('says what became of the issue, and links to it and its posts', () => {
    const message = render(issueNotice({ action: 'resolve', alert: { kind: 'resolved', reason: 'merged' } }))
    expect(message.text).toMatch(/^Merged into another issue: Acme Shop/)
    const links = message.blocks.flatMap(textsOf).filter(({ type }) => type === 'mrkdwn')
    expect(links.map(({ text }) => text)).toEqual([
      '<https://bsky.app/profile/x/post/1|Open post>',
      '<https://outcry.example/issues/is_1|Open in Outcry>',
    ])
  })
})
