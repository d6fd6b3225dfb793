import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalFacebook } from './local-facebook.ts'

const connector = connectors['facebook']!
const webhook = connector.webhook!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WRITTEN_S = OBSERVED_AT / 1_000 - 60
const context = { source: 'page', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

const comment = (change: object = {}) => ({
  from: { id: '77', name: 'Ann Example' },
  post: { id: '1001_5', permalink_url: 'https://www.facebook.com/1001/posts/5', status_type: 'mobile_status_update' },
  message: 'Charged twice, nobody answers',
  post_id: '1001_5',
  comment_id: '5_9',
  created_time: WRITTEN_S,
  item: 'comment',
  parent_id: '1001_5',
  verb: 'add',
  ...change,
})
const body = (...values: object[]) => ({
  object: 'page',
  entry: [{ id: '1001', time: WRITTEN_S, changes: values.map((value) => ({ field: 'feed', value })) }],
})

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  itemsOfChange: 200,
  payload: (text) => Buffer.from(JSON.stringify(body(comment({ message: text })))),
  start: startLocalFacebook,
})

describe('reading webhooks of a Page', () => {
  it('reads a comment with its author, its post and its time', () => {
    expect(parse(body(comment()))).toEqual({
      sightings: [
        {
          mention: {
            id: 'facebook:comment:5_9',
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/),
            kind: 'comment',
            source: 'page',
            text: 'Charged twice, nobody answers',
            author: { id: 'h(77)', handle: 'Ann Example' },
            parentId: 'facebook:post:1001_5',
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads batches of posts, edits, deletions, hidden comments, replies and recommendations', () => {
    const post = { item: 'status', post_id: '1001_6', verb: 'add', created_time: WRITTEN_S }
    const rating = { item: 'rating', verb: 'add', open_graph_story_id: '88', reviewer_id: '77', reviewer_name: 'Ann' }
    const payload = body(
      { ...post, from: { id: '1001', name: 'Acme' }, message: 'We are back' },
      { ...post, item: 'photo', post_id: '1001_7', from: { id: '78' }, message: 'Look at this', photo_id: '4' },
      comment({ verb: 'edited', message: 'Solved' }),
      comment({ verb: 'remove', message: undefined }),
      comment({ verb: 'hide', comment_id: '5_10' }),
      comment({ comment_id: '5_11', parent_id: '5_9', from: { id: '1001', name: 'Acme' } }),
      { item: 'reaction', verb: 'add', post_id: '1001_5', reaction_type: 'angry', from: { id: '77' } },
      { ...post, post_id: '1001_9', from: { id: '1001', name: 'Acme' }, message: 'Planned', published: 0 },
      comment({ comment_id: '5_12', message: undefined, photo: 'https://pictures.example/1' }),
    )
    const ratings = {
      field: 'ratings',
      value: { ...rating, review_text: 'Never again', recommendation_type: 'NEGATIVE', created_time: WRITTEN_S },
    }
    const messages = { object: 'page', entry: [{ id: '1001', time: 1, messaging: [{ message: { text: 'private' } }] }] }
    expect(parse([payload, ratings, messages]).rejects).toEqual([])
    expect(mentionsOf([payload, ratings, messages])).toMatchObject([
      { id: 'facebook:post:1001_6', byBrand: true, text: 'We are back' },
      { id: 'facebook:post:1001_7', kind: 'post', url: 'https://www.facebook.com/1001_7' },
      { id: 'facebook:comment:5_9', op: 'update', text: 'Solved' },
      { id: 'facebook:comment:5_9', op: 'delete', text: '' },
      { id: 'facebook:comment:5_10', op: 'delete', text: '' },
      { id: 'facebook:comment:5_11', byBrand: true, parentId: 'facebook:comment:5_9' },
      { id: 'facebook:rating:88', kind: 'review', rating: { value: 0, min: 0, max: 1 } },
    ])
  })

  it('rejects a change that it cannot read, and reads the rest of the batch', () => {
    const { sightings, rejects } = parse(body(comment({ comment_id: undefined }), comment()))
    expect([sightings.length, rejects.map(({ reason }) => reason)]).toEqual([1, ['unknown_shape']])
  })
})

describe('reading answers of the Graph API', () => {
  const CREATED = '2026-11-22T11:59:00+0000'
  const reply = { id: '5_11', message: 'Sorry', created_time: CREATED, from: { id: '1001', name: 'Acme' } }
  const below = { id: '5_9', message: 'Charged twice', created_time: CREATED, comments: { data: [reply] } }
  const post = {
    id: '1001_5',
    message: 'We are back',
    created_time: CREATED,
    updated_time: CREATED,
    from: { id: '1001', name: 'Acme' },
    permalink_url: 'https://www.facebook.com/1001/posts/5',
    shares: { count: 3 },
    reactions: { data: [], summary: { total_count: 12 } },
    comments: { data: [below], summary: { total_count: 2 } },
  }

  it('reads a feed with the comments and replies in it', () => {
    const silent = { id: '1001_8', story: 'Acme updated their cover photo.', created_time: CREATED }
    const planned = { ...post, id: '1001_9', comments: undefined, is_published: false }
    expect(
      mentionsOf({ data: [post, silent, planned], paging: { cursors: { before: 'a', after: 'b' } } }),
    ).toMatchObject([
      {
        id: 'facebook:post:1001_5',
        byBrand: true,
        createdAt: OBSERVED_AT - 60_000,
        engagement: { likes: 12, replies: 2, reposts: 3 },
      },
      { id: 'facebook:comment:5_9', kind: 'comment', parentId: 'facebook:post:1001_5' },
      { id: 'facebook:comment:5_11', byBrand: true, parentId: 'facebook:comment:5_9' },
    ])
  })

  it('reads nodes that were asked for together, by their ids', () => {
    expect(
      mentionsOf({ '1001_5': { ...post, comments: undefined }, '5_9': { ...reply, id: '5_9', like_count: 0 } }),
    ).toMatchObject([
      { id: 'facebook:post:1001_5', kind: 'post' },
      { id: 'facebook:comment:5_9', kind: 'comment' },
    ])
  })

  it('tells comments, recommendations and a Page with its edges apart', () => {
    const rating = {
      created_time: CREATED,
      recommendation_type: 'positive',
      review_text: 'Quick help',
      reviewer: { id: '79', name: 'Bob' },
    }
    const page = { id: '1001', name: 'Acme', feed: { data: [post] }, ratings: { data: [rating] } }
    const alone = { data: [{ id: '5_13', from: { id: '80', name: 'Cy' }, message: 'Same', created_time: CREATED }] }
    expect(mentionsOf([page, alone]).map(({ id }) => id)).toEqual([
      'facebook:post:1001_5',
      'facebook:comment:5_9',
      'facebook:comment:5_11',
      'facebook:rating:79',
      'facebook:comment:5_13',
    ])
    expect(parse({ error: { message: 'no', code: 190 } }).rejects).toHaveLength(1)
  })

  it('gives a comment the revision that its webhook has', () => {
    const [byWebhook] = mentionsOf(body(comment()))
    const [, byPolling] = mentionsOf({
      ...post,
      comments: { data: [{ ...below, message: 'Charged twice, nobody answers', comments: undefined }] },
    })
    expect([byPolling!.id, byPolling!.rev]).toEqual([byWebhook!.id, byWebhook!.rev])
  })
})

describe('webhooks of a Page', () => {
  const config = { connector: 'facebook', name: 'page', pageId: '1001', appSecret: 'secret', verifyToken: 'mine' }
  const raw = Buffer.from(JSON.stringify(body(comment())))
  const signed = (secret: string) => ({
    headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}` },
    query: {},
    body: raw,
  })

  it('are believed with the secret of the app over the raw body, and off without', () => {
    const { appSecret: _secret, ...silent } = config
    expect(webhook.verify(config, signed('secret'), OBSERVED_AT)).toBe('valid')
    expect(webhook.verify(config, signed('another'), OBSERVED_AT)).toBe('mismatch')
    expect(
      webhook.verify(config, { ...signed('secret'), body: Buffer.concat([raw, Buffer.from(' ')]) }, OBSERVED_AT),
    ).toBe('mismatch')
    expect(webhook.verify(silent, signed('secret'), OBSERVED_AT)).toBe('off')
  })

  it('answer the challenge to who knows the token', () => {
    const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'mine', 'hub.challenge': '1158201444' }
    expect(webhook.challenge!(config, asked)).toBe('1158201444')
    expect(webhook.challenge!(config, { ...asked, 'hub.verify_token': 'yours' })).toBeNull()
    expect(webhook.challenge!(config, { ...asked, 'hub.mode': 'unsubscribe' })).toBeNull()
    expect(webhook.challenge!({ ...config, verifyToken: undefined }, asked)).toBeNull()
  })

  it('pass over other Pages of the app', () => {
    expect(webhook.read(config, signed('secret'), context).sightings).toHaveLength(1)
    expect(webhook.read({ ...config, pageId: '1002' }, signed('secret'), context)).toEqual({
      sightings: [],
      rejects: [],
    })
  })
})

describe('a source of a Page', () => {
  const create = (fields: object) => {
    const recorder = createRecorder(createQuickClock(50))
    const config = { connector: 'facebook', name: 'p', endpoint: 'http://127.0.0.1:1', ...fields }
    return { recorder, source: () => connector.create(config, recorder.context('p')) }
  }

  it('refuses a configuration with nothing to read', () => {
    for (const fields of [{}, { pageId: '1001' }, { pageToken: 'token' }, { pageToken: 'token', appSecret: 'secret' }])
      expect(create(fields).source).toThrow(expect.objectContaining({ code: 'SOURCE_CONFIG_INVALID' }))
  })

  it('is live while it only waits for webhooks', async () => {
    const { recorder, source } = create({ appSecret: 'secret' })
    const abort = new AbortController()
    const running = source().run(abort.signal)
    expect(recorder.reports).toMatchObject([{ state: 'live', reason: 'waiting for webhooks' }])
    abort.abort()
    await running
  })
})
