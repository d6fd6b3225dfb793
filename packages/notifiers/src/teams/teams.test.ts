import { describe, expect, it } from 'vitest'
import { describeFormat } from '../../test/compliance.ts'
import { CHART_URL, issueNotice, targetConfig } from '../../test/notices.ts'
import { noticeState } from '../render/notice-state.ts'
import { teams } from './index.ts'

type Run = { type: string; text: string; color?: string }
type Element = { type: string; text?: string; inlines?: Run[]; url?: string; altText?: string }
type Card = { type: string; version: string; body: Element[]; actions: { type: string; title: string; url: string }[] }

const cardOf = (body: string) => {
  const message = JSON.parse(body) as { type: string; attachments: { contentType: string; content: Card }[] }
  return { message, card: message.attachments[0]!.content }
}

describeFormat({
  format: teams,
  fields: (url) => ({ url: `${url}/workflows/abc/triggers/manual/paths/invoke?sig=t0ken` }),
  keyOf: ({ body }) => body,
  shown: ({ body }) => {
    const { card } = cardOf(body)
    const texts = card.body.flatMap(({ text, inlines = [] }) => [text ?? '', ...inlines.map((run) => run.text)])
    return [...texts, ...card.actions.map(({ url }) => url)].join('\n')
  },
  faults: ({ headers, body }, notice) => {
    const { message, card } = cardOf(body)
    const marked = card.body.filter(({ type }) => type !== 'RichTextBlock' && type !== 'Image')
    const images = card.body.filter(({ type }) => type === 'Image')
    return [
      ...(headers['content-type'] === 'application/json' ? [] : ['content type']),
      ...(message.type === 'message' && message.attachments.length === 1 ? [] : ['message']),
      ...(message.attachments[0]?.contentType === 'application/vnd.microsoft.card.adaptive' ? [] : ['attachment']),
      ...(card.type === 'AdaptiveCard' && card.version === '1.2' ? [] : ['card']),
      ...(Buffer.byteLength(body) <= 21_000 ? [] : [`${Buffer.byteLength(body)} bytes`]),
      ...(body.includes('"msteams":{"entities"') ? ['mentions somebody'] : []),
      ...(images.length === ('chartUrl' in notice ? 1 : 0) ? [] : [`${images.length} images`]),
      ...images
        .filter(({ url, altText = '', text, inlines }) => url !== CHART_URL || altText === '' || text || inlines)
        .map(({ url }) => `image: ${url}`),
      ...marked.filter(({ text }) => text !== noticeState(notice)).map(({ text }) => `markdown: ${text}`),
      ...card.body
        .flatMap(({ inlines = [] }) => inlines)
        .filter(({ type, text }) => type !== 'TextRun' || text === '' || /[\p{Cc}\u202a-\u202e]/u.test(text))
        .map(({ text }) => `run: ${text}`),
      ...(card.actions.length <= 6 ? [] : ['more than 6 actions']),
      ...card.actions
        .filter(({ type, url }) => type !== 'Action.OpenUrl' || !/^https?:\/\//.test(url))
        .map(({ url }) => `action: ${url}`),
    ]
  },
})

describe('a Teams card', () => {
  it.each([
    ['opened', issueNotice(), 'Attention'],
    ['calm', issueNotice({ alert: { kind: 'updated', reason: 'calm', page: false } }), 'Warning'],
    ['over', issueNotice({ action: 'resolve', alert: { kind: 'resolved', reason: 'calm', page: false } }), 'Good'],
  ])('of what is %s says so in words and colour', (_what, notice, color) => {
    const target = targetConfig({ format: 'teams', url: 'https://flow.example/x' })
    const { card } = cardOf(teams.render(notice, target, { nowMs: 0, handles: false })!.body)
    expect(card.body[0]?.inlines?.[0]).toMatchObject({
      color,
      text: expect.stringMatching(/^Acme Shop: .*22 people in 1 h/),
    })
    expect(card.body[1]?.text).toBe(noticeState(notice))
  })
})
