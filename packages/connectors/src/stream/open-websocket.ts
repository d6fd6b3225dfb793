import { WebSocket } from 'ws'
import { PlatformError } from '../http/platform-error.ts'
import { retryAfterMs } from '../http/retry-after.ts'
import type { Connection } from './connection.ts'
import { createInbox } from './inbox.ts'

const HANDSHAKE_TIMEOUT_MS = 10_000
const MAX_MESSAGE_BYTES = 1_048_576

/** What stands in the inbox for a ping of the server: a sign of life where a stream may be silent for long. */
export const PING = Buffer.alloc(0)

/** What every opened websocket can have. */
export type SocketOptions = {
  maxItems: number
  now: () => number
  headers?: Record<string, string>
  greetings?: readonly string[]
}

/**
 * Opens a websocket and says `greetings`. Messages wait in a bounded inbox, pings as `PING` where `pings` are wanted;
 * the socket is paused while it is full. Rejects with `PlatformError` where the server answers the upgrade with a status.
 */
export const openWebSocket = (url: string, options: SocketOptions & { pings?: boolean }): Promise<Connection<Buffer>> =>
  openSocket(url, { ...options, read: (data) => data, ...(options.pings === true ? { ping: PING } : {}) })

/** The way back to a platform that expects to be spoken to. */
export type Speaker = {
  send(text: string): void
  /** Ends the connection with what is wrong with it, once all that has arrived is taken. */
  fail(error: unknown): void
  /** Whether the inbox is full, so that nothing more is heard. */
  isPaused(): boolean
}

/**
 * A websocket whose messages are read as they arrive: `read` gives what waits for delivery, or null where nothing does;
 * `closed` what a close code of the server means, or null for an end like any other.
 */
export const openSocket = <T>(
  url: string,
  options: SocketOptions & {
    read(data: Buffer, speaker: Speaker): T | null
    ping?: T
    closed?(code: number): Error | null
    maxMessageBytes?: number
  },
): Promise<Connection<T>> =>
  new Promise((resolve, reject) => {
    const { ping } = options
    const socket = new WebSocket(url, {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      maxPayload: options.maxMessageBytes ?? MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      headers: { 'user-agent': 'outcry', ...options.headers },
    })
    const inbox = createInbox<T>(options.maxItems, {
      pause: () => socket.pause(),
      resume: () => socket.resume(),
    })
    const speaker: Speaker = {
      send: (text) => socket.send(text, () => undefined),
      fail: inbox.fail,
      isPaused: inbox.isPaused,
    }
    socket.on('message', (data: Buffer) => {
      const item = options.read(data, speaker)
      if (item !== null) inbox.push(item)
    })
    if (ping !== undefined) socket.on('ping', () => inbox.push(ping))
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
    socket.once('close', (code) => {
      const error = options.closed?.(code) ?? null
      reject(error ?? new Error('the connection closed before it opened'))
      if (error === null) inbox.end()
      else inbox.fail(error)
    })
  })
