import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import type { LocalPlatform } from '../compliance/compliance-suite.ts'

const DID = 'did:plc:abcdefghijklmnopqrstuvwx'

/** An event in the shape of Jetstream v1. */
export const postEvent = (number: number, timeUs: number, fields: Record<string, unknown> = {}) => ({
  did: DID,
  time_us: timeUs,
  kind: 'commit',
  commit: {
    rev: `3rev${number}`,
    operation: 'create',
    collection: 'app.bsky.feed.post',
    rkey: `3key${number}`,
    record: {
      $type: 'app.bsky.feed.post',
      createdAt: new Date(timeUs / 1_000 - 1_500).toISOString(),
      langs: ['en'],
      text: `order ${number} never came`,
      ...fields,
    },
    cid: 'bafyrei',
  },
})

/**
 * A Jetstream server with everything the real one does to its clients: events out of `time_us` order by up to 33 ms, an
 * inclusive cursor, repeats, events of other kinds and broken ones in between, connections that end, stall, or are
 * answered 503 with Retry-After.
 */
export const startLocalJetstream = async (items: number): Promise<LocalPlatform> => {
  const startUs = (Date.now() - 20_000) * 1_000
  const events = Array.from({ length: items }, (_, n) => {
    const jitterUs = (n % 3) * 11_000
    return postEvent(n, startUs + n * 10_000 + 33_000 - jitterUs)
  })
  let connections = 0
  let dark = false
  let refuses = false
  const sockets = new Set<Socket>()
  const http = createServer()
  const server = new WebSocketServer({ noServer: true })
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  http.on('upgrade', (request, socket, head) => {
    connections += 1
    if (refuses) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
      return
    }
    if (dark || connections % 4 === 3) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const cursor = Number(new URL(request.url ?? '/', 'ws://local').searchParams.get('cursor') ?? 0)
    const connection = connections
    server.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => undefined)
      let sent = 0
      for (const event of events) {
        if (event.time_us < cursor) continue
        if (sent === 260 && connection <= 6) {
          // Odd connections end, even ones stall until the client's watchdog bites.
          if (connection % 2 === 1) client.close()
          return
        }
        client.send(JSON.stringify(event))
        sent += 1
        if (sent % 50 === 0) client.send(JSON.stringify(event))
        if (sent % 97 === 0)
          client.send(JSON.stringify({ did: DID, time_us: event.time_us, kind: 'identity', identity: {} }))
        if (sent % 211 === 0) client.send('{"did":"did:plc:half')
      }
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    config: { endpoints: [`ws://127.0.0.1:${(http.address() as AddressInfo).port}/subscribe`], blindAfterMs: 40_000 },
    ids: new Set(events.map(({ commit }) => `bluesky-jetstream:${DID}:${commit.rkey}`)),
    refuse: () => {
      refuses = true
      for (const socket of sockets) socket.destroy()
    },
    goDark: () => {
      dark = true
      for (const socket of sockets) socket.destroy()
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      http.close()
      await once(http, 'close')
    },
  }
}

/** A Jetstream server without faults, whose events may be added to and which keeps those from `keptFromUs` on. */
export const startJetstreamServer = async (
  options: { keptFromUs?: number; refuses?: string; refusesCursors?: boolean } = {},
) => {
  const events: { time_us: number }[] = []
  const cursors: (number | null)[] = []
  const http = createServer()
  const server = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    const asked = new URL(request.url ?? '/', 'ws://local').searchParams.get('cursor')
    cursors.push(asked === null ? null : Number(asked))
    const refusal = options.refusesCursors === true && asked !== null ? '400 Bad Request' : options.refuses
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    server.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => undefined)
      const from = Math.max(Number(asked ?? Infinity), options.keptFromUs ?? 0)
      for (const event of events.filter(({ time_us: timeUs }) => timeUs >= from)) client.send(JSON.stringify(event))
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/subscribe`,
    /** What was asked for, connection by connection. */
    cursors,
    tell: (...more: { time_us: number }[]) => {
      events.push(...more)
      for (const client of server.clients) for (const event of more) client.send(JSON.stringify(event))
    },
    hangUp: () => {
      for (const client of server.clients) client.terminate()
    },
    close: async () => {
      for (const client of server.clients) client.terminate()
      server.close()
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    },
  }
}
