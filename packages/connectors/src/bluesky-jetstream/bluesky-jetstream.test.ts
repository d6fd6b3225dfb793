import { describe, expect, it } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { connectors } from '../registry.ts'
import { postEvent, startLocalJetstream } from './local-jetstream.ts'

const connector = connectors['bluesky-jetstream']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const TIME_US = (OBSERVED_AT - 2_000) * 1_000
const context = { source: 'bluesky', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (...events: object[]) =>
  connector.parse(Buffer.from(events.map((event) => JSON.stringify(event)).join('\n')), context)

complianceSuite({ connector, ends: false, canGoDark: true, start: startLocalJetstream })

describe('reading Jetstream events', () => {
  it('reads a post with its language, parent, quote and address', () => {
    const uri = (rkey: string) => `at://did:plc:other/app.bsky.feed.post/${rkey}`
    const { sightings, rejects } = parse(
      postEvent(1, TIME_US, {
        langs: ['pt-BR', 'en'],
        reply: { parent: { uri: uri('p') }, root: { uri: uri('r') } },
        embed: { $type: 'app.bsky.embed.recordWithMedia', record: { record: { uri: uri('q') } } },
        somethingNew: [1],
      }),
    )
    expect(rejects).toEqual([])
    expect(sightings).toEqual([
      {
        publishedAt: OBSERVED_AT - 2_000,
        mention: {
          id: 'bluesky-jetstream:did:plc:abcdefghijklmnopqrstuvwx:3key1',
          op: 'create',
          rev: '3rev1',
          kind: 'comment',
          source: 'bluesky',
          text: 'order 1 never came',
          lang: 'pt-BR',
          author: { id: 'h(did:plc:abcdefghijklmnopqrstuvwx)' },
          url: 'https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3key1',
          parentId: 'bluesky-jetstream:did:plc:other:p',
          quoteOf: 'bluesky-jetstream:did:plc:other:q',
          createdAt: OBSERVED_AT - 3_500,
          observedAt: OBSERVED_AT,
          eventTime: OBSERVED_AT - 2_000,
        },
      },
    ])
  })

  it('carries deletions of posts and of accounts, and edits as new revisions of the same mention', () => {
    const post = postEvent(1, TIME_US)
    const { record: _record, ...rest } = post.commit
    const { sightings } = parse(
      { ...post, commit: { ...post.commit, operation: 'update', rev: '3rev2' } },
      { ...post, commit: { ...rest, operation: 'delete', rev: '3rev3' } },
      { did: post.did, time_us: TIME_US, kind: 'account', account: { active: false, status: 'deleted' } },
      { did: post.did, time_us: TIME_US, kind: 'account', account: { active: true } },
    )
    const id = 'bluesky-jetstream:did:plc:abcdefghijklmnopqrstuvwx:3key1'
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      { id, op: 'update', rev: '3rev2' },
      { id, op: 'delete', rev: '3rev3', text: '' },
      { op: 'delete', deleteAuthor: true, author: { id: `h(${post.did})` } },
    ])
  })

  it('passes over other collections and rejects posts it cannot read', () => {
    const like = {
      did: 'did:plc:x',
      time_us: TIME_US,
      kind: 'commit',
      commit: { operation: 'create', collection: 'app.bsky.feed.like', rkey: 'k' },
    }
    const { sightings, rejects } = parse(like, postEvent(1, TIME_US, { text: 5 }), { kind: 'commit' })
    expect(sightings).toEqual([])
    expect(rejects.map(({ reason }) => reason)).toEqual(['unknown_shape', 'unknown_shape'])
  })

  it('keeps texts of any script and drops times that are none', () => {
    const text = 'لم يصل طلبي 😡 注文が届かない'
    const [sighting] = parse(postEvent(1, TIME_US, { text, createdAt: 'not a time', langs: 'en' })).sightings
    expect(sighting!.mention.text).toBe(text)
    expect(sighting!.mention).not.toHaveProperty('createdAt')
    expect(sighting!.mention).not.toHaveProperty('lang')
  })
})
