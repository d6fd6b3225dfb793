import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { startLocalReddit } from './local-reddit.ts'

const connector = connectors['reddit']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WRITTEN_S = OBSERVED_AT / 1_000 - 60
const context = { source: 'reddit', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)

const comment = (change: object = {}) => ({
  kind: 't1',
  data: {
    id: 'abc1',
    name: 't1_abc1',
    subreddit: 'acme',
    author: 'ann',
    body: 'Down &amp; out, refund &lt;please&gt;',
    created_utc: WRITTEN_S,
    edited: false,
    score: -3,
    parent_id: 't3_xyz',
    permalink: '/r/acme/comments/xyz/down/abc1/',
    replies: '',
    ...change,
  },
})
const listing = (...children: unknown[]) => ({ kind: 'Listing', data: { children, after: null } })

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) => Buffer.from(JSON.stringify(listing(comment({ body: text })))),
  start: startLocalReddit,
})

describe('reading things of Reddit', () => {
  it('reads a comment with its thread, votes and address', () => {
    expect(parse(listing(comment()))).toEqual({
      sightings: [
        {
          mention: {
            id: 'reddit:t1:abc1',
            op: 'create',
            rev: 'original',
            kind: 'comment',
            source: 'reddit',
            text: 'Down & out, refund <please>',
            url: 'https://www.reddit.com/r/acme/comments/xyz/down/abc1/',
            author: { id: 'h(ann)', handle: 'ann' },
            parentId: 'reddit:t3:xyz',
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
            engagement: { votes: -3 },
            tags: ['acme'],
          },
        },
      ],
      rejects: [],
    })
  })

  it('takes the title for the text of a link, and what was deleted or removed for a tombstone', () => {
    const link = { name: 't3_l1', id: 'l1', title: 'Acme is down', selftext: '', author: 'bob', created_utc: WRITTEN_S }
    const { sightings } = parse(
      listing(
        { kind: 't3', data: link },
        {
          kind: 't3',
          data: { ...link, name: 't3_l2', id: 'l2', selftext: '[removed]', removed_by_category: 'moderator' },
        },
        comment({ name: 't1_d', id: 'd', body: '[deleted]', author: '[deleted]' }),
        comment({ name: 't1_e', id: 'e', edited: WRITTEN_S + 30 }),
      ),
    )
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      { id: 'reddit:t3:l1', kind: 'post', text: 'Acme is down' },
      { id: 'reddit:t3:l2', op: 'delete', text: '' },
      { id: 'reddit:t1:d', op: 'delete', text: '' },
      { id: 'reddit:t1:e', op: 'update', rev: String(WRITTEN_S * 1_000 + 30_000) },
    ])
  })

  it('reads a thread with its replies, and passes over what stands for more', () => {
    const more = { kind: 'more', data: { id: 'm', name: 't1_m', parent_id: 't1_abc1', children: ['m', 'x'] } }
    const replies = listing(comment({ name: 't1_r', id: 'r' }), more)
    const { sightings, rejects } = parse([listing(), listing(comment({ replies }))])
    expect(sightings.map(({ mention }) => mention.id)).toEqual(['reddit:t1:abc1', 'reddit:t1:r'])
    expect(rejects).toEqual([])
    const answer = { json: { errors: [], data: { things: [comment(), more] } } }
    expect(parse(answer)).toMatchObject({ sightings: [{ mention: { id: 'reddit:t1:abc1' } }], rejects: [] })
  })
})
