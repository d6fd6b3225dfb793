import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { fakeClock } from '@outcry/testkit'
import { alert, alerts, scriptedServer, welcome, type Visit } from '../test/scripted-server.ts'
import { openFeed, type Feed, type FeedEvent, type FeedOptions, type FeedState } from './open-feed.ts'

const eventually = async (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 })
const over: (() => unknown)[] = []
afterEach(async () => {
  for (const end of over.splice(0).toReversed()) await end()
})

const serve = async (script: (visit: Visit, count: number) => void) => {
  const server = await scriptedServer(script)
  over.push(server.stop)
  return server
}
/** A feed on a clock that moves only when told to, and the states it told of. */
const follow = (url: string, options: Partial<FeedOptions> = {}) => {
  const clock = fakeClock()
  const states: FeedState[] = []
  const feed = openFeed({ url, clock, random: () => 0.5, onState: (state) => void states.push(state), ...options })
  over.push(() => feed.close())
  /** Until the next connection was begun. */
  const retry = async (connections: number) =>
    eventually(async () => {
      await clock.advance(1_000)
      expect(states.filter((state) => state === 'connecting')).toHaveLength(connections)
    })
  return { feed, clock, states, retry }
}
const take = async (feed: Feed, count: number): Promise<FeedEvent[]> => {
  const events: FeedEvent[] = []
  while (events.length < count) {
    const next = await feed.next()
    if (next.done) break
    events.push(next.value)
  }
  return events
}
const seqs = (events: readonly FeedEvent[]) => events.map(({ seq }) => seq)

describe.each([
  { runtime: 'the WebSocket of Node and browsers', WebSocket: globalThis.WebSocket },
  { runtime: 'the package ws', WebSocket },
])('with $runtime', ({ WebSocket }) => {
  test('reads what comes next in order, and after a drop goes on after the last it has', async () => {
    const server = await serve(({ say, socket }, count) => {
      if (count > 1) return say(welcome(7), ...alerts(7, 9))
      say(welcome(4), ...alerts(5, 7))
      socket.close(1001, 'going_away')
    })
    const { feed, retry } = follow(server.url, { WebSocket, token: 't', brands: ['acme'], kinds: ['opened'] })
    expect(seqs(await take(feed, 3))).toEqual([5, 6, 7])
    await retry(2)
    // The server says 7 again; it is not told twice.
    expect(seqs(await take(feed, 2))).toEqual([8, 9])
    const hello = { type: 'hello', token: 't', brands: ['acme'], kinds: ['opened'] }
    expect(server.visits.map((visit) => visit.hello)).toEqual([hello, { ...hello, after: 7 }])
  })

  test('a connection without a heartbeat is left for another', async () => {
    const server = await serve(({ say }) => say(welcome(0)))
    const { states, clock, retry } = follow(server.url, { WebSocket })
    await eventually(() => expect(states).toEqual(['connecting', 'live']))
    await clock.advance(36_000)
    expect(states.at(-1)).toBe('live')
    await clock.advance(2_000)
    await eventually(() => expect(states.at(-1)).not.toBe('live'))
    await retry(2)
    await eventually(() => expect(server.visits[1]?.hello).toEqual({ type: 'hello', after: 0 }))
    await eventually(() => expect(server.connections()).toBe(1))
  })

  test('no server is tried again until there is one', async () => {
    const gone = await scriptedServer(() => undefined)
    await gone.stop()
    const { states, retry } = follow(gone.url, { WebSocket })
    await retry(4)
    expect(new Set(states)).toEqual(new Set(['connecting', 'waiting']))
  })
})

describe('what is no frame', () => {
  test.each([
    { what: 'half a document', bytes: '{"type":"alert","seq":2' },
    { what: 'a sequence that is none', bytes: '{"type":"alert","seq":"2","brand":"a","kind":"b","data":{}}' },
    { what: 'binary', bytes: Buffer.from('{"type":"heartbeat","seq":9}') },
  ])('$what ends the connection, and nothing is lost by it', async ({ bytes }) => {
    const server = await serve(({ say, socket }, count) => {
      if (count > 1) return say(welcome(1), ...alerts(2, 3))
      say(welcome(0), alert(1))
      socket.send(bytes)
      say(...alerts(2, 3))
    })
    const { feed, retry } = follow(server.url)
    expect(seqs(await take(feed, 1))).toEqual([1])
    await retry(2)
    expect(seqs(await take(feed, 2))).toEqual([2, 3])
    expect(server.visits[1]?.hello).toEqual({ type: 'hello', after: 1 })
  })

  test('a kind of frame from a later version is passed over', async () => {
    const server = await serve(({ say, socket }) => {
      say(welcome(0))
      socket.send('{"type":"weather","seq":"fair"}')
      say(alert(1))
    })
    expect(seqs(await take(follow(server.url).feed, 1))).toEqual([1])
  })
})

describe('what the server no longer has', () => {
  test('is an event, in its place', async () => {
    const server = await serve(({ say }) => say(welcome(2), { type: 'gap', seq: 2, oldest: 6 }, alert(6)))
    const events = await take(follow(server.url, { after: 2 }).feed, 2)
    expect(events[0]).toEqual({ type: 'gap', seq: 5, after: 2, oldest: 6 })
    expect(seqs(events)).toEqual([5, 6])
  })

  test('may lie ahead of a server that was restored: what it says from then on counts', async () => {
    const server = await serve(({ say, socket }, count) => {
      if (count > 1) return say(welcome(41), alert(42))
      say(welcome(40), { type: 'gap', seq: 99, oldest: 41 }, alert(41))
      socket.close()
    })
    const { feed, retry } = follow(server.url, { after: 99 })
    expect(seqs(await take(feed, 2))).toEqual([40, 41])
    await retry(2)
    expect(seqs(await take(feed, 1))).toEqual([42])
    expect(server.visits[1]?.hello).toEqual({ type: 'hello', after: 41 })
  })
})

describe('a refusal', () => {
  test.each([
    { code: 4001, reason: 'unauthorized' },
    { code: 4002, reason: 'bad_message' },
    { code: 4004, reason: 'brand_refused' },
  ])('$reason ends the feed with it, once', async ({ code, reason }) => {
    const server = await serve(({ socket }) => socket.close(code, reason))
    const { feed, states } = follow(server.url, { token: () => 'bad' })
    await expect(feed.next()).rejects.toMatchObject({ name: 'FeedRefused', code, reason })
    expect(await feed.next()).toEqual({ done: true, value: undefined })
    expect(states.at(-1)).toBe('ended')
    expect(server.visits).toHaveLength(1)
  })

  test('of a token that was good asks for its successor', async () => {
    const server = await serve(({ say, socket, hello }) => {
      say(welcome(0))
      if (hello['token'] === 'old') socket.close(4001, 'unauthorized')
      else say(alert(1))
    })
    const tokens = ['old', 'new']
    const { feed, retry } = follow(server.url, { token: async () => tokens.shift()! })
    await retry(2)
    expect(seqs(await take(feed, 1))).toEqual([1])
  })

  test.each([4003, 4005, 4008, 4009, 4010, 1011, 1012])('is not %i', async (code) => {
    const server = await serve(({ say, socket }, count) => (count > 1 ? say(welcome(0)) : socket.close(code)))
    const { states, retry } = follow(server.url)
    await retry(2)
    await eventually(() => expect(states.at(-1)).toBe('live'))
  })
})

describe('a reader', () => {
  test('that is slow holds no more than it was given room for, and gets everything', async () => {
    const server = await serve(({ say, hello }) => {
      const after = Number(hello['after'] ?? 0)
      say(welcome(after), ...alerts(after + 1, 200))
    })
    const { feed } = follow(server.url, { maxWaiting: 16, after: 0 })
    const read: FeedEvent[] = []
    while (read.length < 184) {
      await eventually(() => expect(feed.state).toBe('waiting'))
      expect(server.connections()).toBeLessThanOrEqual(1)
      read.push(...(await take(feed, 16)))
    }
    read.push(...(await take(feed, 200 - read.length)))
    expect(seqs(read)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
    expect(server.visits.length).toBeGreaterThan(5)
  })

  test('finds its place behind what it came back for more of, and beyond by heartbeats', async () => {
    const server = await serve(({ say }) => say(welcome(3), alert(4), alert(6)))
    const { feed } = follow(server.url)
    await take(feed, 1)
    expect(feed.position).toBe(3)
    await take(feed, 1)
    expect(feed.position).toBe(4)
    server.visits[0]!.say({ type: 'heartbeat', seq: 9 } as never, { type: 'heartbeat', seq: 11 } as never)
    const next = feed.next()
    await eventually(() => expect(feed.position).toBe(11))
    server.visits[0]!.say(alert(12))
    expect(await next).toMatchObject({ value: { seq: 12 } })
    expect(feed.position).toBe(11)
  })

  test.each([
    { how: 'leaving its loop', end: async (feed: Feed) => feed.return?.() },
    { how: 'closing it', end: async (feed: Feed) => feed.close() },
  ])('ends the connection by $how', async ({ end }) => {
    const server = await serve(({ say }) => say(welcome(0)))
    const { feed, states } = follow(server.url)
    await eventually(() => expect(states.at(-1)).toBe('live'))
    const waiting = feed.next()
    await end(feed)
    expect(await waiting).toEqual({ done: true, value: undefined })
    await eventually(() => expect(server.connections()).toBe(0))
    expect(states.at(-1)).toBe('ended')
  })

  test('ends it by its signal, also before it began', async () => {
    const stop = new AbortController()
    const server = await serve(({ say }) => say(welcome(0), alert(1)))
    const { feed } = follow(server.url, { signal: stop.signal })
    expect(seqs(await take(feed, 1))).toEqual([1])
    stop.abort()
    expect(await feed.next()).toEqual({ done: true, value: undefined })
    await eventually(() => expect(server.connections()).toBe(0))
    expect(await follow(server.url, { signal: stop.signal }).feed.next()).toEqual({ done: true, value: undefined })
  })
})
