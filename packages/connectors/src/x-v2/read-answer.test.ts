import { describe, expect, it } from 'vitest'
import { connectors } from '../registry.ts'

const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'x', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) =>
  connectors['x-v2']!.parse(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)), context)
const mentionsOf = (payload: unknown) => parse(payload).sightings.map(({ mention }) => mention)

const post = (change: object = {}) => ({
  id: '1990000000000000002',
  text: 'Refund &amp; sorry? https://t.co/a https://t.co/pic https://t.co/gif',
  author_id: '42',
  created_at: '2026-11-22T11:59:00.000Z',
  edit_history_tweet_ids: ['1990000000000000001', '1990000000000000002'],
  lang: 'en',
  entities: {
    hashtags: [{ start: 0, end: 5, tag: 'acme' }],
    urls: [
      { url: 'https://t.co/a', expanded_url: 'https://acme.example/help' },
      { url: 'https://t.co/pic', expanded_url: 'https://x.com/ann/status/1/photo/1' },
      { url: 'https://t.co/gif', expanded_url: 'https://pic.example/1', media_key: '3_1' },
    ],
  },
  public_metrics: { retweet_count: 1, reply_count: 2, like_count: 3, quote_count: 4 },
  ...change,
})
const users = [
  { id: '42', username: 'ann', created_at: '2020-01-01T00:00:00.000Z', public_metrics: { followers_count: 7 } },
]

describe('reading answers of X', () => {
  it('reads a line of the stream with its author, links, numbers and both ids of an edited post', () => {
    expect(parse({ data: post(), includes: { users }, matching_rules: [{ id: '1', tag: 'outcry:x' }] })).toEqual({
      sightings: [
        {
          mention: {
            id: 'x-v2:post:1990000000000000001',
            op: 'update',
            rev: '1990000000000000002',
            kind: 'post',
            source: 'x',
            text: 'Refund & sorry? https://acme.example/help',
            url: 'https://x.com/ann/status/1990000000000000002',
            author: { id: 'h(42)', handle: 'ann', followers: 7, createdAt: Date.UTC(2020, 0, 1) },
            lang: 'en',
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
            engagement: { likes: 3, replies: 2, reposts: 1 },
            tags: ['acme'],
          },
        },
      ],
      rejects: [],
    })
  })

  it('gives a repost the whole text of what it reposts, and names what is quoted or answered', () => {
    const original = { id: '5', edit_history_tweet_ids: ['4', '5'], text: 'short…', note_tweet: { text: 'all of it' } }
    const refersTo = (type: string, id: string) => ({
      referenced_tweets: [{ type, id }],
      edit_history_tweet_ids: ['9'],
      id: '9',
    })
    const quoting = {
      ...refersTo('quoted', '7'),
      text: 'look https://t.co/q',
      entities: { urls: [{ url: 'https://t.co/q', expanded_url: 'https://x.com/bob/status/7' }] },
    }
    const read = mentionsOf({
      data: [
        post({ ...refersTo('retweeted', '5'), text: 'RT @ann: short…' }),
        post(quoting),
        post({ ...refersTo('replied_to', '8'), note_tweet: { text: 'long &lt;reply&gt;' } }),
        post({ ...refersTo('retweeted', '6'), text: 'RT @bob: unknown' }),
      ],
      includes: { tweets: [original] },
      meta: { result_count: 4 },
    })
    expect(read).toMatchObject([
      { text: 'all of it', repostOf: 'x-v2:post:4', op: 'create' },
      { text: 'look', quoteOf: 'x-v2:post:7' },
      { text: 'long <reply>', parentId: 'x-v2:post:8', kind: 'comment' },
      { text: 'RT @bob: unknown', repostOf: 'x-v2:post:6' },
    ])
  })

  it('knows when a post was written by its id where X was not asked for more', () => {
    expect(mentionsOf({ data: [{ id: '1578516068309794817', text: 'hi' }] })).toMatchObject([
      { id: 'x-v2:post:1578516068309794817', createdAt: Date.UTC(2022, 9, 7, 22, 42, 12, 752) },
    ])
    expect(mentionsOf({ id: '20', text: 'just setting up' })[0]).not.toHaveProperty('createdAt')
  })

  it('tells no language where X tells none, and writes old codes anew', () => {
    const languages = ['und', 'qme', 'zxx', 'in', 'iw', 'pt'].map((lang) => post({ lang }))
    expect(mentionsOf(languages).map(({ lang }) => lang)).toEqual([undefined, undefined, undefined, 'id', 'he', 'pt'])
  })

  it('reads deletions: what a lookup does not find, events and jobs of compliance', () => {
    const missing = {
      resource_type: 'tweet',
      parameter: 'ids',
      type: 'https://api.twitter.com/2/problems/resource-not-found',
    }
    const read = mentionsOf(
      [
        { data: [post()], errors: [{ ...missing, value: '11', resource_id: '11' }] },
        { errors: [{ ...missing, parameter: 'referenced_tweets.id', resource_id: '12' }], data: [] },
        { data: { delete: { tweet: { id: '13', author_id: '1' }, event_at: '2026-11-22T11:00:00.000Z' } } },
        { id: '14', action: 'delete', reason: 'deleted' },
      ]
        .map((each) => JSON.stringify(each))
        .join('\n'),
    )
    expect(read.map(({ id, op }) => `${id} ${op}`)).toEqual([
      'x-v2:post:1990000000000000001 update',
      'x-v2:post:11 delete',
      'x-v2:post:13 delete',
      'x-v2:post:14 delete',
    ])
  })

  it('reads no direct messages, which look like posts', () => {
    const message = { id: '1990000000000000009', event_type: 'MessageCreate', text: 'For you only' }
    const listed = { id: '1990000000000000010', dm_conversation_id: '1-2', text: 'For you only' }
    expect(parse({ data: [message, listed] })).toEqual({ sightings: [], rejects: [] })
  })

  it('passes over heartbeats, empty pages, rules and users, and says of a refusal what it is', () => {
    const nothing = [
      '\r\n\r\n',
      { meta: { result_count: 0 } },
      { data: [{ id: '1', value: 'acme', tag: 't' }], meta: { sent: 'now' } },
      { data: [{ id: '2', name: 'Ann', username: 'ann' }] },
    ]
    for (const each of nothing) expect(parse(each)).toEqual({ sightings: [], rejects: [] })
    const broken = { errors: [{ title: 'operational-disconnect', detail: 'This stream has been disconnected.' }] }
    expect(parse(broken).rejects).toMatchObject([
      { reason: 'unknown_shape', detail: 'operational-disconnect: This stream has been disconnected.' },
    ])
    expect(parse({ title: 'Unauthorized', status: 401 }).rejects).toHaveLength(1)
  })
})
