import { SECOND_MS, type SourceConfig } from '@outcry/contracts'
import { describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalThreads } from './local-threads.ts'
import { spacedEveryMs } from './threads.ts'

const connector = connectors['threads']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WAIT = { timeout: 20_000, interval: 10 }
const parse = (payload: unknown) =>
  connector.parse(Buffer.from(JSON.stringify(payload)), {
    source: 'threads',
    observedAt: OBSERVED_AT,
    hashAuthor: (id: string) => `h(${id})`,
  })
const post = (change: object = {}) => ({
  id: '17900000000000001',
  text: 'Refund, please',
  media_type: 'TEXT',
  permalink: 'https://www.threads.net/@ann/post/abc',
  timestamp: '2026-11-22T11:59:00+0000',
  username: 'ann',
  has_replies: false,
  is_quote_post: false,
  is_reply: false,
  ...change,
})

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  payload: (text) => Buffer.from(JSON.stringify({ data: [post({ text })] })),
  start: startLocalThreads,
})

describe('reading posts of Threads', () => {
  it('reads a page of a search', () => {
    expect(parse({ data: [post()], paging: { cursors: { before: 'b', after: 'a' } } })).toEqual({
      sightings: [
        {
          mention: {
            id: 'threads:post:17900000000000001',
            op: 'create',
            rev: expect.stringMatching(/^[\w-]{16}$/),
            kind: 'post',
            source: 'threads',
            text: 'Refund, please',
            url: 'https://www.threads.net/@ann/post/abc',
            author: { id: 'h(ann)', handle: 'ann' },
            createdAt: OBSERVED_AT - 60_000,
            observedAt: OBSERVED_AT,
            eventTime: OBSERVED_AT - 60_000,
          },
        },
      ],
      rejects: [],
    })
  })

  it('knows what is answered, quoted and reposted, and the topic', () => {
    const linked = { replied_to: { id: '2' }, quoted_post: { id: '3' }, reposted_post: { id: '4' }, topic_tag: 'acme' }
    const { sightings } = parse([post(linked), post({ is_reply: true, root_post: { id: '5' } })])
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      {
        kind: 'comment',
        parentId: 'threads:post:2',
        quoteOf: 'threads:post:3',
        repostOf: 'threads:post:4',
        tags: ['acme'],
      },
      { kind: 'comment', parentId: 'threads:post:5' },
    ])
  })

  it('reads one post, webhooks of both shapes, and passes over posts without words', () => {
    const webhook = { app_id: '1', topic: 'moderate', values: { field: 'replies', value: post() } }
    const changes = { object: 'threads', entry: [{ id: '1', time: 1, changes: [{ field: 'replies', value: post() }] }] }
    for (const each of [post(), webhook, changes]) expect(parse(each).sightings).toHaveLength(1)
    const wordless = { id: '9', media_type: 'IMAGE', permalink: 'https://www.threads.net/@ann/post/p' }
    expect(parse({ data: [wordless] })).toEqual({ sightings: [], rejects: [] })
    expect(parse({ error: { message: 'Invalid OAuth access token', code: 190 } }).rejects).toHaveLength(1)
    expect(parse({ data: [] })).toEqual({ sightings: [], rejects: [] })
  })
})

describe('a source of Threads', () => {
  const run = async (change: Record<string, unknown>) => {
    const platform = await startLocalThreads(100)
    const recorder = createRecorder(createQuickClock(50))
    const config = { connector: 'threads', name: 'th', ...platform.config, ...change } as unknown as SourceConfig
    const abort = new AbortController()
    const running = connector.create(config, recorder.context('th')).run(abort.signal)
    return { platform, recorder, abort, running }
  }

  it('searches words and topics, the most recent since the newest that it knows', async () => {
    const { platform, recorder, abort, running } = await run({ keywords: ['acme'], topics: ['air'] })
    await vi.waitFor(() => expect(recorder.ids().size).toBe(100), WAIT)
    await vi.waitFor(() => expect(platform.asked().length).toBeGreaterThan(6), WAIT)
    abort.abort()
    await running
    const asked = platform.asked().map((query) => Object.fromEntries(query))
    const modes = new Set(asked.map(({ q, search_mode, search_type }) => `${search_mode} ${q} ${search_type}`))
    expect(modes).toEqual(new Set(['KEYWORD acme RECENT', 'TAG air RECENT']))
    const newest = Math.max(...recorder.delivered.map(({ mention }) => mention.createdAt ?? 0))
    expect(Number(asked.at(-1)?.['since']) * SECOND_MS).toBe(newest - 601 * SECOND_MS)
    await platform.close()
  })

  it('ends for a person to act where the token has expired', async () => {
    const { platform, running } = await run({ accessToken: 'of sixty days ago' })
    await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('190') })
    await platform.close()
  })

  it('keeps within the queries of a day', () => {
    expect(spacedEveryMs(60_000, 1, 2_200)).toBe(60_000)
    for (const searches of [2, 10, 50])
      expect((86_400_000 / spacedEveryMs(60_000, searches, 2_200)) * searches).toBeLessThanOrEqual(1_540)
  })
})
