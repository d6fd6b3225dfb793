import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Behaviour = 'well' | 'slow' | 'throttling' | 'dead'

/** One receiver of webhooks on loopback, outside of what is killed. */
export type StormReceiver = {
  name: string
  url: string
  /** When each webhook id was first taken, epoch ms, and the alert it is about. */
  taken: Map<string, { atMs: number; alertId: string }>
  /** Webhooks that came again under an id that was taken. */
  repeated: number
  /** Webhooks turned away. */
  refused: number
  /** From now on it takes everything at once. */
  mend(): void
  close(): void
}

const SLOW_MS = 250

/** `slow` answers after 250 ms, `throttling` with 429 and Retry-After, `dead` hangs up on everybody. */
export const startStormReceiver = async (name: string, behaviour: Behaviour): Promise<StormReceiver> => {
  let now = behaviour
  const taken: StormReceiver['taken'] = new Map()
  const receiver = { name, url: '', taken, repeated: 0, refused: 0 }

  const take = (id: string, body: string, response: ServerResponse) => {
    if (taken.has(id)) receiver.repeated += 1
    else taken.set(id, { atMs: Date.now(), alertId: (JSON.parse(body) as { data: { id: string } }).data.id })
    if (now === 'slow') setTimeout(() => response.writeHead(204).end(), SLOW_MS)
    else response.writeHead(204).end()
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (now === 'throttling') {
        receiver.refused += 1
        response.writeHead(429, { 'retry-after': '2' }).end()
        return
      }
      take(String(request.headers['webhook-id']), Buffer.concat(parts).toString('utf8'), response)
    })
  })
  server.on('connection', (socket) => {
    if (now !== 'dead') return
    receiver.refused += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return Object.assign(receiver, {
    mend: () => {
      now = 'well'
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  })
}
