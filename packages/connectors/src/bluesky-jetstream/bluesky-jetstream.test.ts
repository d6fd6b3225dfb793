import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { complianceSuite } from '../compliance/compliance-suite.ts'
import { createRecorder } from '../compliance/recorder.ts'
import { createQuickClock } from '../compliance/quick-clock.ts'
import { connectors } from '../registry.ts'
import { postEvent, startJetstreamServer, startLocalJetstream } from './local-jetstream.ts'

const connector = connectors['bluesky-jetstream']!
const OBSERVED_AT = Date.UTC(2026, 10, 22, 12)
const TIME_US = (OBSERVED_AT - 2_000) * 1_000
const context = { source: 'bluesky', observedAt: OBSERVED_AT, hashAuthor: (id: string) => `h(${id})` }
const parse = (...events: object[]) =>
  connector.parse(Buffer.from(events.map((event) => JSON.stringify(event)).join('\n')), context)

complianceSuite({
  connector,
  ends: false,
  canGoDark: true,
  canRefuse: true,
  looksBack: true,
  start: startLocalJetstream,
})

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
      { did: post.did, time_us: TIME_US, kind: 'account', account: { active: false, status: 'throttled' } },
      ...['takendown', 'deactivated', 'suspended'].map((status) => ({
        did: 'did:plc:other',
        time_us: TIME_US,
        kind: 'account',
        account: { active: false, status },
      })),
    )
    const id = 'bluesky-jetstream:did:plc:abcdefghijklmnopqrstuvwx:3key1'
    expect(sightings.map(({ mention }) => mention)).toMatchObject([
      { id, op: 'update', rev: '3rev2' },
      { id, op: 'delete', rev: '3rev3', text: '' },
      { op: 'delete', deleteAuthor: true, author: { id: `h(${post.did})` } },
      ...[1, 2, 3].map(() => ({ op: 'delete', deleteAuthor: true, author: { id: 'h(did:plc:other)' } })),
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

  it('reads posts as searches, lists, feeds and threads of the API show them', () => {
    const view = (rkey: string) => ({
      uri: `at://did:plc:ann/app.bsky.feed.post/${rkey}`,
      cid: 'bafy',
      author: { did: 'did:plc:ann', handle: 'ann.example' },
      record: { $type: 'app.bsky.feed.post', text: `Acme is down ${rkey}`, createdAt: '2026-11-22T11:59:00.000Z' },
      indexedAt: '2026-11-22T11:59:01.000Z',
    })
    const { record, ...bare } = view('d')
    const { sightings, rejects } = parse(
      { cursor: '2', posts: [view('a')] },
      { feed: [{ post: view('b'), reason: {} }] },
      { thread: { post: view('c'), parent: { post: view('p') }, replies: [{ post: view('r'), replies: [] }] } },
      { records: [{ uri: bare.uri, cid: 'bafy', value: record }] },
      { uri: 'at://did:plc:ann/app.bsky.feed.like/e', value: { createdAt: '2026-11-22T11:59:00.000Z' } },
    )
    expect(sightings.map(({ mention }) => mention.id.split(':').at(-1))).toEqual(['a', 'b', 'p', 'c', 'r', 'd'])
    expect(sightings[0]).toMatchObject({
      publishedAt: OBSERVED_AT - 59_000,
      mention: {
        id: 'bluesky-jetstream:did:plc:ann:a',
        op: 'create',
        text: 'Acme is down a',
        author: { id: 'h(did:plc:ann)' },
        createdAt: OBSERVED_AT - 60_000,
      },
    })
    expect(rejects).toMatchObject([{ reason: 'unknown_shape' }])
  })

  it('keeps texts of any script and drops times that are none', () => {
    const text = 'لم يصل طلبي 😡 注文が届かない'
    const [sighting] = parse(postEvent(1, TIME_US, { text, createdAt: 'not a time', langs: 'en' })).sightings
    expect(sighting!.mention.text).toBe(text)
    expect(sighting!.mention).not.toHaveProperty('createdAt')
    expect(sighting!.mention).not.toHaveProperty('lang')
  })
})

describe('going on after a break', () => {
  const WAIT = { timeout: 20_000, interval: 10 }
  const SECOND_US = 1_000_000
  const nowUs = () => Date.now() * 1_000
  const idOf = (number: number) => `bluesky-jetstream:did:plc:abcdefghijklmnopqrstuvwx:3key${number}`

  const started = async (options: Parameters<typeof startJetstreamServer>[0] = {}) => {
    const server = await startJetstreamServer(options)
    onTestFinished(server.close)
    return server
  }

  const reading = (endpoints: readonly { url: string }[], cursor: unknown = null) => {
    const clock = createQuickClock(1)
    const recorder = createRecorder(clock)
    const abort = new AbortController()
    const batches: unknown[] = []
    const context = recorder.context('under-test')
    const emit = async (batch: Parameters<typeof context.emit>[0]) => {
      batches.push(batch.cursor)
      await context.emit(batch)
    }
    const config = { connector: connector.name, name: 'under-test', endpoints: endpoints.map(({ url }) => url) }
    const ended = connector.create(config, { ...context, cursor, emit, random: () => 0.01 }).run(abort.signal)
    const stop = async () => {
      abort.abort()
      await ended
    }
    return { recorder, stop, batches }
  }

  it('rewinds five seconds on the same server, and a minute on another, whose clock is its own', async () => {
    const [first, second] = [await started(), await started()]
    const at = nowUs() - 120 * SECOND_US
    first.tell(postEvent(1, at))
    // The other server saw the same posts, and stamped them half a minute before.
    second.tell(postEvent(1, at - 30 * SECOND_US), postEvent(2, at - 29 * SECOND_US))
    const { recorder, stop } = reading([first, second], { timeUs: at, endpoint: first.url })
    await vi.waitUntil(() => recorder.ids().has(idOf(1)), WAIT)
    first.hangUp()
    await vi.waitUntil(() => recorder.ids().has(idOf(2)), WAIT)
    await stop()
    expect(first.cursors).toEqual([at - 5 * SECOND_US])
    expect(second.cursors).toEqual([at - 60 * SECOND_US])
    expect(recorder.gaps).toEqual([])
  })

  it('goes to the next server where one refuses or is away', async () => {
    const [away, refusing, there] = [
      await startJetstreamServer(),
      await started({ refuses: '502 Bad Gateway' }),
      await started(),
    ]
    await away.close()
    const { recorder, stop } = reading([away, refusing, there])
    await vi.waitUntil(() => there.cursors.length > 0, WAIT)
    there.tell(postEvent(1, nowUs()))
    await vi.waitUntil(() => recorder.ids().has(idOf(1)), WAIT)
    await vi.waitUntil(() => recorder.reports.at(-1)?.state === 'live', WAIT)
    await stop()
    expect(refusing.cursors).toHaveLength(1)
  })

  it('counts a gap where the server keeps less than was missed, and none where it keeps enough', async () => {
    const stoppedAt = nowUs() - 7_200 * SECOND_US
    for (const [keptFromUs, gaps] of [
      [nowUs() - 3_600 * SECOND_US, ['the server no longer had the cursor']],
      [0, []],
    ] as const) {
      const server = await started({ keptFromUs })
      for (const [n, ago] of [7_201, 5_000, 3_000, 1].entries()) server.tell(postEvent(n, nowUs() - ago * SECOND_US))
      const { recorder, stop } = reading([server], { timeUs: stoppedAt, endpoint: server.url })
      await vi.waitUntil(() => recorder.ids().has(idOf(3)), WAIT)
      await stop()
      expect(recorder.gaps).toEqual(gaps)
    }
  })

  it('asks every server for what a cursor missed, and counts a gap where all refuse it', async () => {
    const cursor = { timeUs: nowUs() - SECOND_US, endpoint: '' }
    const [strict, other] = [await started({ refusesCursors: true }), await started()]
    const first = reading([strict, other], cursor)
    await vi.waitUntil(() => other.cursors.length > 0, WAIT)
    await first.stop()
    expect(first.recorder.gaps).toEqual([])
    expect(other.cursors).toEqual([cursor.timeUs - 60 * SECOND_US])

    const second = reading([strict], cursor)
    await vi.waitUntil(() => strict.cursors.includes(null), WAIT)
    await second.stop()
    expect(second.recorder.gaps).toEqual(['every server refused the cursor'])
  })

  it('never lets a stamp of the future become the cursor', async () => {
    const server = await started()
    const { recorder, batches, stop } = reading([server])
    await vi.waitUntil(() => server.cursors.length > 0, WAIT)
    server.tell(postEvent(1, nowUs() + 3_600 * SECOND_US))
    await vi.waitUntil(() => recorder.ids().has(idOf(1)), WAIT)
    await stop()
    expect(batches).toEqual([{ timeUs: expect.any(Number) as number, endpoint: server.url }])
    expect((batches[0] as { timeUs: number }).timeUs).toBeLessThanOrEqual(nowUs())
  })
})
