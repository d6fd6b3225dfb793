import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import { createPostEvents } from './post-events.ts'

/** What the server said it has sent. */
export type SentPosts = { events: number; naming: number }

const TICK_MS = 10
const FULL_BYTES = 4_194_304
const BURST = 200

/**
 * A Jetstream server as a process of its own: `node post-server.ts BRANDS SHARE PER_SECOND`; 0 a second is as fast as the
 * client reads. Says its port on standard output and what it has sent at `/sent`; `/stop` ends the stream, not the
 * connection.
 */
const [brands = '', share = '0', perSecond = '0'] = process.argv.slice(2)
const events = createPostEvents({ brands: brands.split(','), share: Number(share), seed: 1 })
const sent: SentPosts = { events: 0, naming: 0 }
const stream = { stopped: false }
const http = createServer((request, response) => {
  stream.stopped ||= request.url === '/stop'
  response.end(JSON.stringify(sent))
})
const server = new WebSocketServer({ server: http, perMessageDeflate: false })

const send = (client: WebSocket, count: number) => {
  const nowUs = Date.now() * 1_000
  for (let number = 0; number < count; number += 1) {
    const { text, names } = events.next(nowUs + number)
    client.send(text)
    sent.events += 1
    if (names) sent.naming += 1
  }
}

const streamTo = async (client: WebSocket) => {
  const began = performance.now()
  for (let told = 0; client.readyState === client.OPEN && !stream.stopped;) {
    if (Number(perSecond) > 0) {
      const due = Math.floor(((performance.now() - began) / 1_000) * Number(perSecond))
      send(client, due - told)
      told = due
      await pause(TICK_MS)
    } else if (client.bufferedAmount > FULL_BYTES) await pause(1)
    else {
      send(client, BURST)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
server.on('connection', (client) => void streamTo(client))
http.listen(0, '127.0.0.1')
await once(http, 'listening')
process.stdout.write(`${(http.address() as AddressInfo).port}\n`)
