import fc from 'fast-check'
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

describe('a client that resumes after its last sequence', () => {
  test('gets every alert once and in order, whatever is dropped, restarted or added meanwhile', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), n: fc.integer({ min: 1, max: 150 }) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('drop' as const), n: fc.integer({ min: 0, max: 60 }) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), n: fc.constant(0) }) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
        const store = memoryAlerts()
        let server = await serve(store.port, { tailAlerts: 40 })
        const got: number[] = []
        let stopAfter = Infinity
        const connect = () =>
          listener(
            server.url,
            { token: 'all', after: got.at(-1) ?? 0 },
            {
              onFrame: (frame, socket) => {
                if (frame.type !== 'alert' || socket.readyState !== socket.OPEN) return
                got.push(frame.seq)
                stopAfter -= 1
                if (stopAfter <= 0) socket.terminate()
              },
            },
          )
        let client = connect()
        for (const { do: what, n } of steps) {
          if (what === 'add') {
            for (let i = 0; i < n; i++) store.add()
            server.hub.wake()
          } else if (what === 'drop') {
            client.socket.terminate()
            await client.closed
            stopAfter = n === 0 ? Infinity : n
            client = connect()
          } else {
            await server.stop()
            server = await serve(store.port, { tailAlerts: 40 })
            await client.closed
            client = connect()
          }
        }
        client.socket.terminate()
        await client.closed
        stopAfter = Infinity
        client = connect()
        await eventually(() => expect(got).toHaveLength(store.alerts.length))
        expect(got).toEqual(store.alerts.map(({ seq }) => seq))
        client.socket.terminate()
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  test('sees a gap frame where the sequence is no longer kept, then what is left', async () => {
    const store = memoryAlerts()
    for (let i = 0; i < 10; i++) store.add()
    store.forget(1, 5)
    const server = await serve(store.port)
    const late = listener(server.url, { token: 'all', after: 2 })
    await eventually(() => expect(late.sequences()).toEqual([6, 7, 8, 9, 10]))
    expect(late.frames.find(({ type }) => type === 'gap')).toEqual({ type: 'gap', seq: 2, oldest: 6 })
    const inTime = listener(server.url, { token: 'all', after: 5 })
    await eventually(() => expect(inTime.sequences()).toEqual([6, 7, 8, 9, 10]))
    expect(inTime.frames.some(({ type }) => type === 'gap')).toBe(false)
  })

  test('is told of every hole, wherever retention made it', async () => {
    const store = memoryAlerts()
    for (let i = 0; i < 9; i++) store.add()
    store.forget(3, 4)
    store.forget(8, 9)
    const server = await serve(store.port)
    const client = listener(server.url, { token: 'all', after: 1 })
    await eventually(() => expect(client.frames).toHaveLength(7))
    expect(client.frames.slice(1).map((frame) => (frame.type === 'gap' ? frame : 'seq' in frame && frame.seq))).toEqual(
      [2, { type: 'gap', seq: 2, oldest: 5 }, 5, 6, 7, { type: 'gap', seq: 7, oldest: 10 }],
    )
  })

  test('from a process that is ahead of this one gets nothing twice', async () => {
    const store = memoryAlerts()
    const server = await serve(store.port)
    for (let i = 0; i < 5; i++) store.add()
    const client = listener(server.url, { token: 'all', after: 5 })
    await eventually(() => expect(client.frames[0]).toMatchObject({ type: 'welcome', seq: 5 }))
    store.add()
    server.hub.wake()
    await eventually(() => expect(client.sequences()).toEqual([6]))
  })

  test('from another installation, beyond the newest sequence, is told of the gap', async () => {
    const store = memoryAlerts()
    store.add()
    const server = await serve(store.port)
    const client = listener(server.url, { token: 'all', after: 999 })
    await eventually(() => expect(client.frames[1]).toEqual({ type: 'gap', seq: 999, oldest: 2 }))
  })
})

describe('live', () => {
  test('a client without a sequence starts with what comes next, also without a wake-up', async () => {
    const store = memoryAlerts()
    store.add()
    const server = await serve(store.port, { pollMs: 1_000 })
    const client = listener(server.url, { token: 'all' })
    await eventually(() => expect(client.frames[0]).toMatchObject({ type: 'welcome', seq: 1 }))
    store.add('acme', 'escalated', { issueId: 'i1' })
    await server.clock.advance(1_000)
    await eventually(() => expect(client.frames).toHaveLength(2))
    expect(client.frames[1]).toEqual({
      type: 'alert',
      seq: 2,
      brand: 'acme',
      kind: 'escalated',
      data: { issueId: 'i1' },
    })
  })

  test('a failure of the database is passed over and made up for', async () => {
    const store = memoryAlerts()
    let broken = true
    const alertsAfter: typeof store.port.alertsAfter = async (...args) => {
      if (broken) throw new Error('connection lost')
      return store.port.alertsAfter(...args)
    }
    const server = await serve({ ...store.port, alertsAfter })
    const client = listener(server.url, { token: 'all' })
    await eventually(() => expect(client.frames).toHaveLength(1))
    store.add()
    server.hub.wake()
    broken = false
    await eventually(async () => {
      await server.clock.advance(5_000)
      expect(client.sequences()).toEqual([1])
    })
  })
})
