import { HOUR_MS, type SourceConfig } from '@outcry/contracts'
import { describe, expect, it, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { connectors } from '../registry.ts'
import { startLocalYoutube } from './local-youtube.ts'
import { nextPacificMidnight } from './pacific-day.ts'
import { spacedEveryMs } from './youtube.ts'

const connector = connectors['youtube']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const WAIT = { timeout: 20_000, interval: 10 }
const parse = (payload: unknown) =>
  connector.parse(Buffer.from(JSON.stringify(payload)), {
    source: 'yt',
    observedAt: OBSERVED_AT,
    hashAuthor: (id: string) => `h(${id})`,
  })

const comment = (id: string, change: object = {}) => ({
  kind: 'youtube#comment',
  id,
  snippet: {
    textDisplay: 'It&#39;s <b>late</b><br>again',
    textOriginal: "It's late\nagain",
    authorDisplayName: '@ann',
    authorChannelId: { value: 'UC1' },
    likeCount: 3,
    publishedAt: '2026-11-22T11:59:00Z',
    updatedAt: '2026-11-22T11:59:00Z',
    ...change,
  },
})
const thread = (top: object, replies: object[] = [], change: object = {}) => ({
  kind: 'youtube#commentThread',
  id: 'Ugx',
  snippet: { videoId: 'v1', topLevelComment: top, totalReplyCount: replies.length, ...change },
  ...(replies.length === 0 ? {} : { replies: { comments: replies } }),
})
const listOf = (...items: unknown[]) => ({ kind: 'youtube#commentThreadListResponse', nextPageToken: 'n', items })

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  edits: true,
  deletes: true,
  payload: (text) =>
    Buffer.from(JSON.stringify(listOf(thread(comment('Ugx', { textOriginal: text, textDisplay: text }))))),
  start: startLocalYoutube,
})

describe('reading comments of YouTube', () => {
  it('reads a thread and the replies that come with it', () => {
    const reply = comment('Ugx.r1', { parentId: 'Ugx', updatedAt: '2026-11-22T11:59:30.000Z' })
    const read = parse(listOf(thread(comment('Ugx'), [reply])))
    expect(read.rejects).toEqual([])
    expect(read.sightings.map(({ mention }) => mention)).toEqual([
      {
        id: 'youtube:comment:Ugx',
        op: 'create',
        rev: '2026-11-22T11:59:00.000Z',
        kind: 'comment',
        source: 'yt',
        text: "It's late\nagain",
        url: 'https://www.youtube.com/watch?v=v1&lc=Ugx',
        author: { id: 'h(UC1)', handle: '@ann' },
        createdAt: OBSERVED_AT - 60_000,
        observedAt: OBSERVED_AT,
        eventTime: OBSERVED_AT - 60_000,
        engagement: { likes: 3, replies: 1 },
      },
      expect.objectContaining({
        id: 'youtube:comment:Ugx.r1',
        op: 'update',
        rev: '2026-11-22T11:59:30.000Z',
        parentId: 'youtube:comment:Ugx',
        url: 'https://www.youtube.com/watch?v=v1&lc=Ugx.r1',
      }),
    ])
  })

  it('reads what is shown where what was typed is not told, and knows a reply by its id', () => {
    const [shown] = parse({ items: [comment('Ugx.r2', { textOriginal: undefined })] }).sightings
    expect(shown?.mention).toMatchObject({ text: "It's late\nagain", parentId: 'youtube:comment:Ugx' })
  })

  it('passes over what is held back, deletes what is rejected, and reads a video by its title', () => {
    const video = { kind: 'youtube#searchResult', id: { kind: 'youtube#video', videoId: 'v9' } }
    const { sightings, rejects } = parse([
      thread(comment('a', { moderationStatus: 'heldForReview' })),
      comment('b', { moderationStatus: 'rejected' }),
      {
        ...video,
        snippet: { title: 'Acme &amp; I', description: '', channelId: 'UC2', publishedAt: '2026-11-01T00:00:00Z' },
      },
      { kind: 'youtube#searchResult', id: { kind: 'youtube#channel', channelId: 'UC3' }, snippet: { title: 'Acme' } },
      { kind: 'youtube#commentThread', id: 'broken', snippet: {} },
    ])
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      { id: 'youtube:comment:b', op: 'delete', text: '' },
      { id: 'youtube:video:v9', title: 'Acme & I', text: 'Acme & I', kind: 'post' },
    ])
    expect(rejects).toHaveLength(1)
  })
})

describe('the quota of YouTube', () => {
  it('begins anew at midnight Pacific time, also on days on which the clocks change', () => {
    const midnights = [
      ['2026-11-29T12:00:00.250Z', '2026-11-30T08:00:00Z'],
      ['2026-07-01T06:59:59Z', '2026-07-01T07:00:00Z'],
      ['2026-03-08T09:00:00Z', '2026-03-09T07:00:00Z'],
      ['2026-11-01T08:30:00Z', '2026-11-02T08:00:00Z'],
    ]
    for (const [now, midnight] of midnights) expect(nextPacificMidnight(Date.parse(now!))).toBe(Date.parse(midnight!))
  })

  it('spaces looks out so that it lasts', () => {
    expect(spacedEveryMs(60_000, 2, 10_000)).toBe(60_000)
    expect((86_400_000 / spacedEveryMs(60_000, 21, 10_000)) * 21).toBeLessThanOrEqual(6_000)
  })
})

const setUp = async (change: Record<string, unknown> = {}) => {
  const platform = await startLocalYoutube(200)
  const recorder = createRecorder(createQuickClock(50))
  const config = { connector: 'youtube', name: 'yt', ...platform.config, ...change } as unknown as SourceConfig
  const abort = new AbortController()
  const run = () => connector.create(config, recorder.context('yt')).run(abort.signal)
  return { platform, recorder, abort, run }
}

describe('a source of YouTube', () => {
  it('says which channel has its comments switched off, and goes on', async () => {
    const { platform, recorder, abort, run } = await setUp()
    platform.hide('commentsDisabled')
    const running = run()
    const unseen = expect.stringContaining('comments are switched off')
    await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'live', unseen }), WAIT)
    abort.abort()
    await running
    await platform.close()
  })

  it('waits for the next day where the quota is used, and is blind with the reason', async () => {
    const { platform, recorder, abort, run } = await setUp()
    platform.exhaust()
    const running = run()
    const reason = expect.stringContaining('quotaExceeded')
    await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'blind', reason }), WAIT)
    abort.abort()
    await running
    expect(recorder.delivered).toEqual([])
    await platform.close()
  })

  it('uses no more units than it may', async () => {
    const { platform, recorder, abort, run } = await setUp({ unitsPerDay: 100, everyMs: HOUR_MS })
    const running = run()
    await vi.waitFor(() => expect(recorder.ids().size).toBe(200), WAIT)
    abort.abort()
    await running
    await platform.close()
  })

  it('ends for a person to act where the key is none', async () => {
    const { platform, run } = await setUp({ apiKey: 'another' })
    await expect(run()).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('API key') })
    await platform.close()
  })
})
