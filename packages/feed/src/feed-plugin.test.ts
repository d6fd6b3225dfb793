import { afterEach, describe, expect, test } from 'vitest'
import { feedServer, listener, memoryAlerts, type FeedServer } from '../test/feed-fixture.ts'
import { eventually } from '../test/eventually.ts'

const open: FeedServer[] = []
const serve = async (...args: Parameters<typeof feedServer>) => {
  const server = await feedServer(...args)
  open.push(server)
  return server
}
afterEach(async () => {
  for (const { stop } of open.splice(0)) await stop()
})
const welcomed = async (client: ReturnType<typeof listener>) =>
  eventually(() => expect(client.frames[0]?.type).toBe('welcome'))

describe('who may listen', () => {
  test('a foreign Origin is refused before the upgrade', async () => {
    const server = await serve(memoryAlerts().port)
    const client = listener(server.url, { token: 'all' }, { headers: { origin: 'https://evil.example' } })
    expect((await client.closed).reason).toContain('403')
  })

  test.each([
    { what: 'no token', hello: {}, close: { code: 4001, reason: 'unauthorized' } },
    { what: 'a wrong token', hello: { token: 'nobody' }, close: { code: 4001, reason: 'unauthorized' } },
    {
      what: 'a foreign brand',
      hello: { token: 'acme', brands: ['globex'] },
      close: { code: 4004, reason: 'brand_refused' },
    },
    { what: 'a field nobody knows', hello: { token: 'all', x: 1 }, close: { code: 4002, reason: 'bad_message' } },
    { what: 'a negative sequence', hello: { token: 'all', after: -1 }, close: { code: 4002, reason: 'bad_message' } },
  ])('$what is closed with $close.reason', async ({ hello, close }) => {
    const server = await serve(memoryAlerts().port)
    const client = listener(server.url, hello)
    expect(await client.closed).toEqual(close)
    expect(client.frames).toEqual([])
  })

  test('a token of one brand hears that brand and its drills only, and what it subscribed to', async () => {
    const store = memoryAlerts()
    const server = await serve(store.port)
    const acme = listener(server.url, { after: 0 }, { headers: { authorization: 'Bearer acme' } })
    const opened = listener(server.url, { token: 'all', after: 0, brands: ['globex'], kinds: ['opened'] })
    await Promise.all([welcomed(acme), welcomed(opened)])
    store.add('acme', 'opened')
    store.add('globex', 'opened')
    store.add('globex', 'resolved')
    store.add('acme#drill-1', 'opened')
    server.hub.wake()
    await eventually(() => expect(acme.sequences()).toEqual([1, 4]))
    await eventually(() => expect(opened.sequences()).toEqual([2]))
  })

  test('a session that ends is closed with the next heartbeat', async () => {
    const server = await serve(memoryAlerts().port)
    const client = listener(server.url, { token: 'all' })
    await welcomed(client)
    server.revoked.add('Bearer all')
    await server.clock.advance(15_000)
    expect((await client.closed).reason).toBe('unauthorized')
  })
})

describe('what a connection may do', () => {
  test('it says hello within ten seconds', async () => {
    const server = await serve(memoryAlerts().port)
    const client = listener(server.url, null)
    await eventually(() => expect(client.socket.readyState).toBe(client.socket.OPEN))
    await eventually(async () => {
      await server.clock.advance(10_000)
      expect(client.socket.readyState).toBe(client.socket.CLOSED)
    })
    expect((await client.closed).reason).toBe('hello_timeout')
  })

  test.each([
    { what: 'a message larger than 64 KiB', send: 'x'.repeat(70_000), code: 1009 },
    { what: 'binary', send: Buffer.from('{}'), code: 4002 },
    { what: 'half a document', send: '{"type":', code: 4002 },
    { what: 'a second hello', send: '{"type":"hello"}', code: 4002 },
  ])('$what ends it with $code', async ({ send, code }) => {
    const server = await serve(memoryAlerts().port)
    const client = listener(server.url, { token: 'all' })
    await welcomed(client)
    client.socket.send(send)
    expect((await client.closed).code).toBe(code)
  })

  test('it may not talk without end', async () => {
    const server = await serve(memoryAlerts().port, { maxMessagesPerMinute: 5 })
    const client = listener(server.url, { token: 'all' })
    await welcomed(client)
    for (let i = 0; i < 5; i++) client.socket.send('{"type":"pong"}')
    expect((await client.closed).reason).toBe('too_many_messages')
  })

  test('a token has so many connections and no more, and gets room again when one ends', async () => {
    const server = await serve(memoryAlerts().port, { maxConnectionsPerToken: 1 })
    const first = listener(server.url, { token: 'all' })
    await welcomed(first)
    expect((await listener(server.url, { token: 'all' }).closed).reason).toBe('too_many_connections')
    await welcomed(listener(server.url, { token: 'acme' }))
    first.socket.close()
    await first.closed
    await eventually(async () => welcomed(listener(server.url, { token: 'all' })))
  })
})

test('those who come at once get no more room than one after the other', async () => {
  const server = await serve(memoryAlerts().port, { maxConnectionsPerToken: 3 })
  const together = Array.from({ length: 8 }, () => listener(server.url, { token: 'all' }))
  const refused = together.slice(0, 0)
  await eventually(async () => {
    refused.splice(0, Infinity, ...together.filter(({ socket }) => socket.readyState === socket.CLOSED))
    expect(refused).toHaveLength(5)
  })
  expect(await Promise.all(refused.map(async ({ closed }) => (await closed).reason))).toEqual(
    refused.map(() => 'too_many_connections'),
  )
})

test('one that closes while it is asked who it is leaves nothing behind', async () => {
  const server = await serve(memoryAlerts().port, { maxConnectionsPerToken: 1 })
  const known = Promise.withResolvers<void>()
  server.asking.until = known.promise
  const client = listener(server.url, { token: 'all' })
  await eventually(() => expect(client.socket.readyState).toBe(client.socket.OPEN))
  client.socket.close()
  await client.closed
  await eventually(() => expect(server.app.websocketServer.clients.size).toBe(0))
  known.resolve()
  await welcomed(listener(server.url, { token: 'all' }))
  const connected = await server.metrics.feedClients.get()
  expect(connected.values[0]?.value).toBe(1)
})

describe('heartbeats', () => {
  test('carry the position, also past alerts of other brands', async () => {
    const store = memoryAlerts()
    const server = await serve(store.port)
    const client = listener(server.url, { token: 'acme' })
    await welcomed(client)
    store.add('globex')
    server.hub.wake()
    await eventually(async () => {
      await server.clock.advance(5_000)
      expect(client.frames.at(-1)).toMatchObject({ type: 'heartbeat', seq: 1 })
    })
  })

  test('go on, and close nobody, while nobody can be asked who it is', async () => {
    const server = await serve(memoryAlerts().port)
    const client = listener(server.url, { token: 'all' })
    await welcomed(client)
    const known = Promise.withResolvers<void>()
    server.asking.until = known.promise
    const beats = () => client.frames.filter(({ type }) => type === 'heartbeat').length
    for (const beat of [1, 2, 3]) {
      const pinged = new Promise((resolve) => client.socket.once('ping', resolve))
      await server.clock.advance(15_000)
      await pinged
      await eventually(() => expect(beats()).toBe(beat))
    }
    server.revoked.add('Bearer all')
    known.resolve()
    expect((await client.closed).reason).toBe('unauthorized')
  })

  test('close a stalled client as a slow consumer while the others hear everything and memory stays bounded', async () => {
    const store = memoryAlerts()
    const server = await serve(store.port, { maxBufferedBytes: 262_144 })
    const stalled = listener(server.url, { token: 'all' })
    const healthy = listener(server.url, { token: 'all' })
    await Promise.all([welcomed(stalled), welcomed(healthy)])
    stalled.socket.pause()
    const data = { text: 'x'.repeat(4_000) }
    for (let i = 0; i < 3_000; i++) store.add('acme', 'opened', data)
    server.hub.wake()
    await eventually(() => expect(healthy.sequences()).toHaveLength(3_000))
    const buffered = [...server.app.websocketServer.clients].map(({ bufferedAmount }) => bufferedAmount)
    expect(Math.max(...buffered)).toBeGreaterThan(0)
    expect(Math.max(...buffered)).toBeLessThan(1_048_576)
    await server.clock.advance(15_000)
    await eventually(() => expect(healthy.frames.at(-1)?.type).toBe('heartbeat'))
    await eventually(async () => {
      await server.clock.advance(1_500)
      const closed = await server.metrics.feedClosed.get()
      expect(closed.values.find(({ labels }) => labels.reason === 'slow_consumer')?.value).toBe(1)
    })
    stalled.socket.resume()
    expect(await stalled.closed).toEqual({ code: 4008, reason: 'slow_consumer' })
    expect(healthy.socket.readyState).toBe(healthy.socket.OPEN)
  })
})

test('a closing server waits for nobody who comes too late', async () => {
  const server = await serve(memoryAlerts().port)
  const deaf = listener(server.url, { token: 'all' })
  await welcomed(deaf)
  deaf.socket.pause()
  const stopped = server.app.close()
  const late = listener(server.url, { token: 'all' })
  expect((await late.closed).reason).toContain('503')
  await eventually(async () => {
    await server.clock.advance(1_000)
    expect(server.app.server.listening).toBe(false)
  })
  deaf.socket.resume()
  await stopped
})

test('a closing server says so to everyone and does not wait for them', async () => {
  const server = await serve(memoryAlerts().port)
  const client = listener(server.url, { token: 'all' })
  await welcomed(client)
  await server.stop()
  expect(await client.closed).toEqual({ code: 1001, reason: 'going_away' })
})
