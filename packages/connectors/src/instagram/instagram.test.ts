import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalInstagram } from './local-instagram.ts'

const connector = connectors['instagram']!
const webhook = connector.webhook!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const SENT_S = OBSERVED_AT / 1_000 - 60
const ACCOUNT = '17841400000000001'
const context = { source: 'account', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

const comment = (change: object = {}) => ({
  from: { id: '232', username: 'ann' },
  media: { id: '123', media_product_type: 'FEED' },
  id: '178',
  text: 'Charged twice, nobody answers',
  ...change,
})
const body = (value: object, field = 'comments') => ({
  object: 'instagram',
  entry: [{ id: ACCOUNT, time: SENT_S, changes: [{ field, value }] }],
})

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  deletes: true,
  itemsOfChange: 200,
  payload: (text) => Buffer.from(JSON.stringify(body(comment({ text })))),
  start: startLocalInstagram,
})

describe('reading webhooks of an account', () => {
  it('reads a comment with its author, its medium and the time at which it was told', () => {
    expect(parse(body(comment()))).toEqual({
      sightings: [
        {
          mention: {
            id: 'instagram:comment:178',
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/),
            kind: 'comment',
            source: 'account',
            text: 'Charged twice, nobody answers',
            author: { id: 'h(232)', handle: 'ann' },
            parentId: 'instagram:media:123',
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads live comments, replies, changes alone and in the entry, and passes over mentions without words', () => {
    const { id, ...nameless } = comment()
    const payload = [
      body(comment({ id: '179' }), 'live_comments'),
      body({ ...nameless, comment_id: '180', parent_id: id, from: { id: ACCOUNT, username: 'acme' } }),
      { field: 'comments', value: comment({ id: '181' }) },
      { object: 'instagram', entry: [{ id: ACCOUNT, time: SENT_S, field: 'comments', value: comment({ id: '182' }) }] },
      body({ media_id: '5', comment_id: '6' }, 'mentions'),
      body({ media_id: '5', exits: 1 }, 'story_insights'),
    ]
    expect(parse(payload).rejects).toEqual([])
    expect(mentionsOf(payload)).toMatchObject([
      { id: 'instagram:comment:179' },
      { id: 'instagram:comment:180', parentId: 'instagram:comment:178', byBrand: true },
      { id: 'instagram:comment:181' },
      { id: 'instagram:comment:182' },
    ])
    expect(parse(body({ from: { id: '1' } })).rejects).toHaveLength(1)
  })
})

describe('reading answers of the Graph API', () => {
  const TIMESTAMP = '2026-11-22T11:59:00+0000'
  const reply = { id: '190', text: 'Sorry', timestamp: TIMESTAMP, username: 'acme' }
  const below = {
    id: '178',
    text: 'Charged twice, nobody answers',
    timestamp: TIMESTAMP,
    username: 'ann',
    like_count: 2,
  }
  const medium = { id: '123', caption: 'New shoes', media_type: 'IMAGE', timestamp: TIMESTAMP, username: 'acme' }

  it('reads comments with their replies, media with their comments, and an account with its media', () => {
    const withReply = { ...below, replies: { data: [reply] } }
    const withComment = { ...medium, permalink: 'https://www.instagram.com/p/1/', comments: { data: [withReply] } }
    expect(mentionsOf({ id: ACCOUNT, media: { data: [withComment] } })).toMatchObject([
      { id: 'instagram:media:123', kind: 'post', text: 'New shoes', url: 'https://www.instagram.com/p/1/' },
      { id: 'instagram:comment:190', parentId: 'instagram:comment:178' },
      { id: 'instagram:comment:178', parentId: 'instagram:media:123', engagement: { likes: 2 } },
    ])
    expect(mentionsOf({ [below.id]: below }).map(({ id }) => id)).toEqual([`instagram:comment:${below.id}`])
    expect(mentionsOf({ data: [below, { ...below, id: '191', hidden: true }] })).toMatchObject([
      { id: 'instagram:comment:178', createdAt: OBSERVED_AT - 60_000 },
      { id: 'instagram:comment:191', op: 'delete', text: '' },
    ])
    expect(parse({ data: [{ ...medium, caption: undefined }] })).toEqual({ sightings: [], rejects: [] })
  })

  it('gives a comment the revision that its webhook has', () => {
    const [byWebhook, byPolling] = [body(comment()), below].map((payload) => mentionsOf(payload)[0]!)
    expect([byPolling!.id, byPolling!.rev]).toEqual([byWebhook!.id, byWebhook!.rev])
  })
})

describe('webhooks of an account', () => {
  const config = { connector: 'instagram', name: 'a', accountId: ACCOUNT, appSecret: 'secret', verifyToken: 'mine' }
  const raw = Buffer.from(JSON.stringify(body(comment())))
  const signed = (secret: string) => ({
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}` },
    query: {},
    body: raw,
  })

  it('are believed with the secret of the app, answer its challenge, and pass over other accounts', () => {
    expect(webhook.verify(config, signed('secret'), OBSERVED_AT)).toBe('valid')
    expect(webhook.verify(config, signed('another'), OBSERVED_AT)).toBe('mismatch')
    const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'mine', 'hub.challenge': '115' }
    expect(webhook.challenge!(config, asked)).toBe('115')
    expect(webhook.challenge!(config, { ...asked, 'hub.verify_token': 'yours' })).toBeNull()
    expect(webhook.read(config, signed('secret'), context).sightings).toHaveLength(1)
    expect(webhook.read({ ...config, accountId: '2' }, signed('secret'), context).sightings).toEqual([])
  })

  it('need no polling, and a configuration with nothing to read is refused', async () => {
    const recorder = createRecorder(createQuickClock(50))
    const create = (fields: object) =>
      connector.create({ connector: 'instagram', name: 'a', ...fields }, recorder.context('a'))
    for (const fields of [{}, { accountId: ACCOUNT }, { accessToken: 'token', appSecret: 'secret' }])
      expect(() => create(fields)).toThrow(expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID' }))
    const abort = new AbortController()
    const running = create({ appSecret: 'secret' }).run(abort.signal)
    expect(recorder.reports).toMatchObject([{ state: 'live', reason: 'waiting for webhooks' }])
    abort.abort()
    await running
  })
})
