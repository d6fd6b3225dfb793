import { MAX_FOLLOWERS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { connectors } from '../registry.ts'
import { idAt, makePost } from './local-mastodon.ts'

const connector = connectors['mastodon']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WRITTEN_AT = OBSERVED_AT - 2_000
const ID = idAt(WRITTEN_AT)
const context = { source: 'fediverse', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) =>
  connector.parse(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)), context)

const local = (fields: Record<string, unknown> = {}) =>
  makePost(ID, {
    uri: `https://social.example/users/bob/statuses/${ID}`,
    url: `https://social.example/@bob/${ID}`,
    account: { acct: 'bob', created_at: '2022-08-18T00:00:00.000Z', followers_count: 7, bot: false },
    ...fields,
  })

describe('reading what an instance says', () => {
  it('reads a post with its warning, language, author, parent, quote, tags and counts, its HTML as text', () => {
    const post = local({
      content:
        '<p class="quote-inline">RE: <a href="https://a.example/1">a.example/1</a></p><p>It&#39;s down <span class="h-card"><a href="https://a.example/@acme" class="u-url mention">@<span>acme</span></a></span></p><p>see <a href="https://a.example/very/long"><span class="invisible">https://</span><span class="ellipsis">a.example/very</span><span class="invisible">/long</span></a> &lt;b&gt;</p>',
      spoiler_text: 'Acme outage',
      language: 'pt-BR',
      in_reply_to_id: '5',
      quote: { state: 'accepted', quoted_status: { id: '6' } },
      favourites_count: 3,
      something_new: [1],
    })
    expect(parse(post)).toEqual({
      rejects: [],
      sightings: [
        {
          mention: {
            id: `mastodon:social.example:${ID}`,
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/) as string,
            kind: 'comment',
            source: 'fediverse',
            title: 'Acme outage',
            text: "It's down @acme\nsee https://a.example/very/long <b>",
            lang: 'pt-BR',
            author: { id: 'h(bob@social.example)', followers: 7, createdAt: Date.UTC(2022, 7, 18) },
            url: `https://social.example/@bob/${ID}`,
            parentId: 'mastodon:social.example:5',
            quoteOf: 'mastodon:social.example:6',
            createdAt: WRITTEN_AT,
            observedAt: OBSERVED_AT,
            eventTime: WRITTEN_AT,
            engagement: { likes: 3, replies: 0, reposts: 0 },
            tags: ['acme'],
          },
        },
      ],
    })
  })

  it('knows an author of another server by the same name on every instance', () => {
    const [sighting] = parse(makePost(ID)).sightings
    expect(sighting!.mention.author!.id).toBe('h(ann@elsewhere.example)')
  })

  it('takes an author who names more followers than there are people for one with as many', () => {
    const [sighting] = parse(local({ account: { acct: 'bob', followers_count: 1e21 } })).sightings
    expect(sighting!.mention.author!.followers).toBe(MAX_FOLLOWERS)
  })

  it('reads a boost as a repost of what it boosts', () => {
    const boosted = makePost(idAt(WRITTEN_AT - 60_000))
    const [sighting] = parse(local({ content: '', reblog: boosted })).sightings
    expect(sighting!.mention).toMatchObject({
      id: `mastodon:social.example:${ID}`,
      repostOf: `mastodon:social.example:${boosted.id}`,
      text: expect.stringContaining('never came') as string,
      author: { id: 'h(bob@social.example)' },
    })
  })

  it('reads the answer to a deletion, which has the text as it was typed', () => {
    const { content: _, ...deleted } = local({})
    const { sightings, rejects } = parse({ ...deleted, text: 'is 3 < 4?\n<b>no</b>' })
    expect(rejects).toEqual([])
    expect(sightings[0]!.mention.text).toBe('is 3 < 4?\n<b>no</b>')
  })

  it('keeps to posts for everyone', () => {
    const all = ['public', 'unlisted', 'private', 'direct'].map((visibility, n) =>
      makePost(idAt(WRITTEN_AT, n), { visibility }),
    )
    expect(parse(all).sightings.map(({ mention }) => mention.id.split(':')[2])).toEqual([all[0]!.id, all[1]!.id])
  })

  it('reads edits as new revisions and deletions of the same mention, from server-sent events and from a websocket', () => {
    const edited = local({ content: '<p>mended</p>', edited_at: '2026-11-22T11:59:59.000Z' })
    const quiet = local({ content: '<p>mended and not said so</p>' })
    const events: [string, string][] = [
      ['update', JSON.stringify(local())],
      ['status.update', JSON.stringify(edited)],
      ['status.update', JSON.stringify(quiet)],
      ['filters_changed', 'undefined'],
      ['notification', '{"id":"1"}'],
      ['delete', ID],
    ]
    const sse = `:)\n${events.map(([event, data]) => `event: ${event}\ndata: ${data}\n\n:thump\n`).join('')}`
    const frames = events
      .map(([event, payload]) => JSON.stringify({ stream: ['hashtag', 'acme'], event, payload }))
      .join('\n')
    const expected = [
      { id: `mastodon:social.example:${ID}`, op: 'create' },
      { id: `mastodon:social.example:${ID}`, op: 'update', rev: '2026-11-22T11:59:59.000Z', text: 'mended' },
      { id: `mastodon:social.example:${ID}`, op: 'create', text: 'mended and not said so' },
      { id: `mastodon:social.example:${ID}`, op: 'delete', text: '' },
    ]
    for (const payload of [sse, frames]) {
      const { sightings, rejects } = parse(payload)
      expect(rejects).toEqual([])
      expect(sightings.map(({ mention }) => mention)).toMatchObject(expected)
      expect(new Set(sightings.map(({ mention }) => mention.rev)).size).toBe(4)
    }
  })

  it('reads the posts of a thread, of notifications and of what a webhook sends, and passes over the rest of those', () => {
    const [first, second] = [local(), local({ id: idAt(WRITTEN_AT, 1) })]
    const account = { acct: 'ann@elsewhere.example' }
    const payloads: [unknown, number][] = [
      [{ ancestors: [first], descendants: [second] }, 2],
      [
        [
          { id: '7', type: 'mention', account, status: first },
          { id: '8', type: 'follow', account },
        ],
        1,
      ],
      [{ id: '9', type: 'favourite', account, status: first }, 0],
      [{ event: 'status.created', created_at: '2026-11-22T12:00:00.000Z', object: first }, 1],
      [{ event: 'account.created', created_at: '2026-11-22T12:00:00.000Z', object: account }, 0],
    ]
    for (const [payload, mentions] of payloads)
      expect(parse(payload)).toMatchObject({ sightings: { length: mentions }, rejects: [] })
  })

  it('rejects what is no post, and whole events that broke off', () => {
    const { sightings, rejects } = parse([
      { id: '1', text: 'source of a status' },
      { ...makePost(ID), content: 5 },
    ])
    expect(sightings).toEqual([])
    expect(rejects.map(({ reason }) => reason)).toEqual(['unknown_shape', 'unknown_shape'])
    expect(parse('event: update\ndata: {"id":"1"').rejects).toMatchObject([{ reason: 'not_json' }])
    expect(parse('{"error":"Unknown stream type","status":400}').rejects).toMatchObject([
      { detail: expect.stringContaining('Unknown stream type') as string },
    ])
    expect(parse({ accounts: [], statuses: [makePost(ID)] }).sightings).toHaveLength(1)
  })
})
