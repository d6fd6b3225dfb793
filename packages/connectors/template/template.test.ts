import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../src/compliance/compliance-suite.ts'
import { boardPost, startLocalTemplate } from './local-template.ts'
import { template } from './template.ts'
import { templateWebhook } from './template-webhook.ts'

const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'board', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const post = (text = 'It&#x27;s <b>down</b>', change: object = {}) => ({
  ...boardPost({ number: 7, atMs: OBSERVED_AT - 60_000, text, version: 1, deleted: false }),
  ...change,
})
const parse = (payload: unknown) => template.parse(Buffer.from(JSON.stringify(payload)), context)

complianceSuite({
  connector: template,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) => Buffer.from(JSON.stringify({ posts: [{ ...post(), title: '', body_html: text }] })),
  start: startLocalTemplate,
})

describe('reading posts', () => {
  it('reads a post with everything that the platform tells of it', () => {
    expect(parse(post())).toEqual({
      sightings: [
        {
          mention: {
            id: 'template:post:7',
            op: 'create',
            rev: '1',
            kind: 'post',
            source: 'board',
            title: 'Order 7',
            text: "It's down",
            url: 'https://board.example/posts/7',
            author: { id: 'h(u7)', handle: 'user_7' },
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
            engagement: { likes: 1 },
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads pages, lists, edits and deletions, and rejects what is no post', () => {
    const { sightings, rejects } = parse([
      { posts: [post(), post('', { id: 8, title: 'No text' })], next: null },
      post('It came', { id: 9, version: 2 }),
      post('', { id: 10, title: null, deleted: true }),
      { error: 'not found' },
    ])
    expect(sightings.map(({ mention: { id, op, rev, text } }) => [id, op, rev, text])).toEqual([
      ['template:post:7', 'create', '1', "It's down"],
      ['template:post:8', 'create', '1', 'No text'],
      ['template:post:9', 'update', '2', 'It came'],
      ['template:post:10', 'delete', 'delete', ''],
    ])
    expect(rejects.map(({ detail }) => detail)).toEqual(['is no post of the board'])
  })
})

describe('webhooks', () => {
  const config = {
    connector: 'template' as const,
    endpoint: 'https://board.example',
    token: 't',
    everyMs: 60_000,
    webhookSecret: 'a secret of the board',
  }
  const body = Buffer.from(JSON.stringify({ event: 'created', post: post() }))
  const signed = (secret: string) => ({
    headers: { 'x-board-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
    query: {},
    body,
  })

  it('are believed with the secret, refused with another, and off without', () => {
    const { webhookSecret, ...silent } = config
    expect(templateWebhook.verify(config, signed(webhookSecret), OBSERVED_AT)).toBe('valid')
    expect(templateWebhook.verify(config, signed('another'), OBSERVED_AT)).toBe('mismatch')
    expect(templateWebhook.verify(config, { ...signed(webhookSecret), headers: {} }, OBSERVED_AT)).toBe('mismatch')
    expect(templateWebhook.verify(silent, signed(webhookSecret), OBSERVED_AT)).toBe('off')
  })

  it('give the mention that polling gives, so that it counts once', () => {
    expect(templateWebhook.read(config, signed(config.webhookSecret), context)).toEqual(parse({ posts: [post()] }))
  })
})
