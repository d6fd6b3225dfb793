import { WebSocket } from 'ws'
import { PlatformError } from '../http/platform-error.ts'
import { retryAfterMs } from '../http/retry-after.ts'
import type { Connection } from './connection.ts'
import { createInbox } from './inbox.ts'

const HANDSHAKE_TIMEOUT_MS = 10_000
const MAX_MESSAGE_BYTES = 1_048_576

/** What stands in the inbox for a ping of the server: a sign of life where a stream may be silent for long. */
export const PING = Buffer.alloc(0)

/**
 * Opens a websocket and says `greetings`. Messages wait in a bounded inbox, pings as `PING` where `pings` are wanted;
 * the socket is paused while it is full. Rejects with `PlatformError` where the server answers the upgrade with a status.
 */
export const openWebSocket = (
  url: string,
  options: {
    maxItems: number
    now: () => number
    headers?: Record<string, string>
    greetings?: readonly string[]
    pings?: boolean
  },
): Promise<Connection<Buffer>> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      headers: { 'user-agent': 'outcry', ...options.headers },
    })
    const inbox = createInbox<Buffer>(options.maxItems, {
      pause: () => socket.pause(),
      resume: () => socket.resume(),
    })
    socket.on('message', (data: Buffer) => inbox.push(data))
    if (options.pings === true) socket.on('ping', () => inbox.push(PING))
    socket.once('open', () => {
      for (const greeting of options.greetings ?? []) socket.send(greeting)
      resolve({ take: inbox.take, waiting: inbox.size, close: () => socket.terminate() })
    })
    socket.once('unexpected-response', (request, response) => {
      request.destroy()
      const status = response.statusCode ?? 0
      const headers = new Headers()
      for (const [name, value] of Object.entries(response.headers)) headers.set(name, String(value))
      reject(new PlatformError(status, retryAfterMs(status, headers, options.now())))
    })
    socket.on('error', (error) => {
      reject(error)
      inbox.fail(error)
    })
    socket.once('close', () => {
      reject(new Error('the connection closed before it opened'))
      inbox.end()
    })
  })
