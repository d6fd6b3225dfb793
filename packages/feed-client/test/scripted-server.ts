import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { FeedFrame } from '@outcry/contracts'

export type Visit = {
  hello: Record<string, unknown>
  socket: WebSocket
  say: (...frames: FeedFrame[]) => void
}

/** A feed server that does what the script says, right or wrong: `serve` answers each hello. */
export const scriptedServer = async (serve: (visit: Visit, count: number) => void) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  const visits: Visit[] = []
  server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.once('message', (data: Buffer) => {
      const say = (...frames: FeedFrame[]) => frames.forEach((frame) => socket.send(JSON.stringify(frame)))
      const visit = { hello: JSON.parse(data.toString('utf8')) as Record<string, unknown>, socket, say }
      visits.push(visit)
      serve(visit, visits.length)
    })
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    for (const socket of server.clients) socket.terminate()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, visits, connections: () => server.clients.size, stop }
}

export const welcome = (seq: number): FeedFrame => ({ type: 'welcome', seq, heartbeatMs: 15_000 })
export const alert = (seq: number): FeedFrame => ({ type: 'alert', seq, brand: 'acme', kind: 'opened', data: {} })
export const alerts = (from: number, to: number): FeedFrame[] =>
  Array.from({ length: to - from + 1 }, (_, n) => alert(from + n))
