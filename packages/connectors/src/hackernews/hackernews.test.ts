import type { SourceConfig } from '@outcry/contracts'
import { describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { startLocalServer } from '../compliance/local-server.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalHackerNews } from './local-hackernews.ts'

const connector = connectors['hackernews']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const context = { source: 'hn', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (payload: unknown) => connector.parse(Buffer.from(JSON.stringify(payload)), context)

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  payload: (text) =>
    Buffer.from(JSON.stringify({ id: 7, type: 'comment', by: 'ann', time: 1_795_000, text: escaped(text) })),
  start: startLocalHackerNews,
})

describe('reading items of Hacker News', () => {
  it('reads a comment of the search, its HTML as text', () => {
    const page = {
      nbHits: 1,
      hits: [
        {
          objectID: '42',
          created_at_i: OBSERVED_AT / 1_000 - 60,
          author: 'ann',
          comment_text:
            'It&#x27;s <i>down</i> again.<p>See <a href="https:&#x2F;&#x2F;x.example&#x2F;1" rel="nofollow">this</a> &lt;b&gt;',
          parent_id: 41,
          points: null,
          story_title: 'Checkout',
        },
      ],
    }
    const { sightings, rejects } = parse(page)
    expect(rejects).toEqual([])
    expect(sightings).toEqual([
      {
        mention: {
          id: 'hackernews:item:42',
          op: 'create',
          rev: expect.stringMatching(/^[\w-]{16}$/),
          kind: 'comment',
          source: 'hn',
          text: "It's down again.\nSee this <b>",
          url: 'https://news.ycombinator.com/item?id=42',
          author: { id: 'h(ann)' },
          parentId: 'hackernews:item:41',
          createdAt: OBSERVED_AT - 60_000,
          observedAt: OBSERVED_AT,
          eventTime: OBSERVED_AT - 60_000,
        },
      },
    ])
  })

  it('reads stories, links, deleted and missing items of the item API', () => {
    const time = OBSERVED_AT / 1_000 - 60
    const { sightings, rejects } = parse([
      {
        id: 1,
        type: 'story',
        by: 'ann',
        time,
        title: 'Acme &amp; co is down',
        url: 'https://acme.example/status',
        score: 3,
        descendants: 7,
      },
      { id: 2, type: 'comment', deleted: true, time, parent: 1 },
      { id: 3, type: 'comment', by: 'bob', dead: true, text: 'spam', time, parent: 1 },
      null,
      { type: 'story' },
    ])
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      { title: 'Acme & co is down', text: 'https://acme.example/status', engagement: { votes: 3, replies: 7 } },
      { id: 'hackernews:item:2', op: 'delete', text: '' },
      { id: 'hackernews:item:3', op: 'delete', text: '' },
    ])
    expect(rejects.map(({ reason }) => reason)).toEqual(['unknown_shape'])
  })
})

it('reads the comments below an item, and passes over lists of numbers', () => {
  const answer = { id: 3, type: 'comment', author: 'cy', text: 'And here', created_at_i: 3, parent_id: 2, children: [] }
  const comment = {
    id: 2,
    type: 'comment',
    author: 'bob',
    text: 'Same',
    created_at_i: 2,
    parent_id: 1,
    children: [answer],
  }
  const story = { id: 1, type: 'story', author: 'ann', title: 'Acme is down', created_at_i: 1, children: [comment] }
  const { sightings, rejects } = parse(story)
  expect(sightings.map(({ mention: { id, parentId } }) => [id, parentId])).toEqual([
    ['hackernews:item:1', undefined],
    ['hackernews:item:2', 'hackernews:item:1'],
    ['hackernews:item:3', 'hackernews:item:2'],
  ])
  expect(rejects).toEqual([])
  for (const list of [[8863, 8952], { items: [8863], profiles: ['ann'] }])
    expect(parse(list)).toEqual({ sightings: [], rejects: [] })
})

it('goes on from a cursor that an earlier version wrote', async () => {
  const asked: string[] = []
  const server = await startLocalServer({
    isFaulty: () => false,
    answer: ({ url }) => {
      asked.push(url.searchParams.get('numericFilters') ?? '')
      return { body: { hits: [], nbHits: 0 } }
    },
  })
  const stop = new AbortController()
  const recorder = createRecorder(createQuickClock(50))
  const untilS = Math.floor(Date.now() / 1_000) - 5_000
  const config = { connector: 'hackernews', name: 'hn', everyMs: 10_000, endpoint: server.url } as SourceConfig
  const running = connector.create(config, { ...recorder.context('hn'), cursor: { untilS } }).run(stop.signal)
  await vi.waitFor(() => expect(asked[0]).toMatch(`created_at_i>=${untilS - 120},`))
  stop.abort()
  await running
  await server.close()
})
