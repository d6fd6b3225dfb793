import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { discoursePost } from './discourse-post.ts'
import { startLocalDiscourse } from './local-discourse.ts'

const connector = connectors['discourse']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'forum', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) =>
    Buffer.from(JSON.stringify({ latest_posts: [discoursePost({ raw: text, cooked: `<p>${text}</p>` })] })),
  start: startLocalDiscourse,
})

describe('reading pages of Discourse', () => {
  it('reads a reply with its topic, likes and edit', () => {
    expect(parse({ latest_posts: [discoursePost({ version: 3, tags: ['billing', { name: 'web' }] })] })).toEqual({
      sightings: [
        {
          mention: {
            id: 'discourse:forum:post:41',
            op: 'update',
            rev: '3',
            kind: 'comment',
            source: 'forum',
            text: 'Checkout hangs & nobody answers',
            title: 'Payment & refunds',
            author: { id: 'h(forum/77)', handle: 'ann' },
            parentId: 'discourse:forum:topic:8',
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
            engagement: { likes: 3, replies: 1 },
            tags: ['billing', 'web'],
          },
        },
      ],
      rejects: [],
    })
  })

  it('reads what the author wrote, and what is quoted only where there is nothing else', () => {
    const quote = '<aside class="quote"><div class="title">bob:</div><blockquote><p>Refund me</p></blockquote></aside>'
    const nested = `<aside class="quote"><blockquote>${quote}<p>deeper</p></blockquote></aside>`
    const texts = [`${quote}<p>Same here</p>`, `<p>Me</p>${nested}<p>too</p>`, quote].map(
      (cooked) => mentionsOf(discoursePost({ cooked }))[0]?.text,
    )
    expect(texts).toEqual(['Same here', 'Me\ntoo', 'bob:\nRefund me'])
  })

  it('gives an opening post and its topic one id, whichever of them is read', () => {
    const topic = {
      id: 8,
      title: 'Payment & refunds',
      slug: 'payment',
      posts_count: 4,
      created_at: '2026-11-22T11:00:00Z',
    }
    const posters = [{ description: 'Original Poster, Most Recent Poster', user_id: 77 }]
    const pages = [
      {
        topic_list: { topics: [{ ...topic, posters, excerpt: 'It hangs&hellip;' }] },
        users: [{ id: 77, username: 'ann' }],
      },
      { ...topic, post_stream: { posts: [discoursePost({ post_number: 1 })] } },
      { ...topic, post_stream: { posts: [] }, details: { created_by: { id: 77, username: 'ann' } } },
      { posts: [{ id: 40, username: 'ann', topic_id: 8, post_number: 1, blurb: 'It hangs' }], topics: [topic] },
      [
        { type: 'topic', name: 'Topics', results: [topic] },
        { type: 'user', results: [{ id: 1 }] },
      ],
      { topic: { ...topic, created_by: { id: 77, username: 'ann' } } },
      { category_list: { categories: [{ id: 4, name: 'Billing', topics: [topic] }] } },
      {
        user_actions: [
          {
            action_type: 4,
            excerpt: 'It hangs',
            title: 'Payment & refunds',
            topic_id: 8,
            post_number: 1,
            post_id: null,
          },
        ],
      },
    ]
    for (const page of pages)
      expect(mentionsOf(page)).toMatchObject([
        { id: 'discourse:forum:topic:8', kind: 'post', title: 'Payment & refunds', text: expect.stringMatching(/\w/) },
      ])
    expect(mentionsOf(pages[0])[0]).toMatchObject({
      text: 'It hangs…',
      author: { id: 'h(forum/77)', handle: 'ann' },
      engagement: { replies: 3 },
    })
  })

  it('deletes what is deleted or hidden, and passes over private talk, whispers and small actions', () => {
    const gone = [{ deleted_at: '2026-11-22T12:00:00Z' }, { user_deleted: true }, { hidden: true }].map(discoursePost)
    expect(mentionsOf(gone)).toMatchObject(gone.map(() => ({ op: 'delete', text: '', id: 'discourse:forum:post:41' })))
    const passed = [
      discoursePost({ topic_archetype: 'private_message' }),
      discoursePost({ post_type: 3, cooked: '' }),
      discoursePost({ post_type: 4 }),
      { ping: 'OK' },
      { user: { id: 1, username: 'ann' } },
    ]
    expect(parse(passed)).toEqual({ sightings: [], rejects: [] })
  })

  it('rejects what is no post, and marks the bots of the forum', () => {
    expect(parse([{ errors: ['not found'] }, 5]).rejects).toHaveLength(2)
    expect(mentionsOf(discoursePost({ user_id: -1, username: 'system' }))[0]?.author).toEqual({
      id: 'h(forum/-1)',
      handle: 'system',
      bot: true,
    })
  })
})

describe('webhooks of Discourse', () => {
  const config = { connector: 'discourse', url: 'https://talk.acme.com/', webhookSecret: 'shh', categoryIds: [4] }
  const request = (type: string, event: string, payload: object) => {
    const body = Buffer.from(JSON.stringify(payload))
    const signature = `sha256=${createHmac('sha256', 'shh').update(body).digest('hex')}`
    const headers = {
      'x-discourse-event-type': type,
      'x-discourse-event': event,
      'x-discourse-event-signature': signature,
    }
    return { headers, query: {}, body }
  }
  const read = (type: string, event: string, payload: object) =>
    connector.webhook!.read(config, request(type, event, payload), context)

  it('takes only what is signed over the raw body', () => {
    const sent = request('post', 'post_created', { post: discoursePost() })
    const verify = (each: typeof sent, change = {}) => connector.webhook!.verify({ ...config, ...change }, each, 0)
    expect(verify(sent)).toBe('valid')
    expect(verify({ ...sent, body: Buffer.from('{}') })).toBe('mismatch')
    expect(verify({ ...sent, headers: { ...sent.headers, 'x-discourse-event-signature': '' } })).toBe('mismatch')
    expect(verify(sent, { webhookSecret: undefined })).toBe('off')
  })

  it('gives a post the id and revision that polling gives it', () => {
    const { sightings } = read('post', 'post_edited', { post: discoursePost({ version: 2 }) })
    expect(sightings[0]?.mention).toMatchObject({
      id: 'discourse:talk.acme.com:post:41',
      op: 'update',
      rev: '2',
      url: 'https://talk.acme.com/t/payment/8/2',
    })
  })

  it('deletes a destroyed post and the opening of a destroyed topic, and takes back what is recovered', () => {
    const events = [
      read('post', 'post_destroyed', { post: discoursePost() }),
      read('topic', 'topic_destroyed', { topic: { id: 8, title: 'Payment' } }),
      read('post', 'post_recovered', { post: discoursePost() }),
    ]
    expect(events.flatMap(({ sightings }) => sightings.map(({ mention }) => mention))).toMatchObject([
      { id: 'discourse:talk.acme.com:post:41', op: 'delete', text: '' },
      { id: 'discourse:talk.acme.com:topic:8', op: 'delete', text: '' },
      { id: 'discourse:talk.acme.com:post:41', op: 'update', rev: '1 recovered' },
    ])
  })

  it('leaves out other categories, private messages and other events, and rejects what cannot be read', () => {
    const quiet = [
      read('post', 'post_created', { post: discoursePost({ category_id: 5 }) }),
      read('post', 'post_created', { post: discoursePost({ topic_archetype: 'private_message', category_id: null }) }),
      read('topic', 'topic_created', { topic: { id: 8, title: 'Payment' } }),
      read('ping', 'ping', { ping: 'OK' }),
      read('like', 'post_liked', { like: { post: discoursePost() } }),
    ]
    expect(quiet).toEqual(quiet.map(() => ({ sightings: [], rejects: [] })))
    expect(read('post', 'post_created', { post: { id: 'x' } }).rejects).toHaveLength(1)
  })
})
