import type { FeedFrame, FeedRequest } from '@outcry/contracts'
import type { FeedClock } from './feed-clock.ts'
import { readFrame } from './read-frame.ts'

/** What is used of a WebSocket: that of browsers, of Node 22 and later, or of the package `ws`. */
export type FeedSocket = {
  send(text: string): void
  close(): void
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: SocketEvent) => void): void
}
type SocketEvent = { readonly type: string; readonly data?: unknown; readonly code?: number }
export type FeedSocketConstructor = new (url: string) => FeedSocket

const WELCOME_MS = 15_000
/** So many heartbeats may fail to come before the connection counts as dead. */
const HEARTBEATS_MISSED = 2.5
const ABNORMAL = 1006

type Connection = {
  WebSocket: FeedSocketConstructor
  url: string
  hello: Extract<FeedRequest, { type: 'hello' }>
  clock: FeedClock
  signal: AbortSignal
  /** Takes a frame; false ends the connection, and nothing more comes of it. */
  onFrame: (frame: FeedFrame) => boolean
}

/**
 * One connection from hello to its end; answers the code of its close, 1006 where it broke, fell silent, said what is no
 * frame, or was ended from here. Never rejects.
 */
export const followConnection = async (connection: Connection): Promise<number> => {
  const { clock, signal, onFrame } = connection
  if (signal.aborted) return Promise.resolve(ABNORMAL)
  const { promise, resolve } = Promise.withResolvers<number>()
  const ended = new AbortController()
  let heardAt = clock.now()
  let allowedMs = WELCOME_MS

  const end = (code: number) => {
    if (ended.signal.aborted) return
    ended.abort()
    signal.removeEventListener('abort', giveUp)
    resolve(code)
  }
  const giveUp = () => {
    end(ABNORMAL)
    socket.close()
  }
  /** One sleeper a connection, however many frames it hears. */
  const watch = async () => {
    for (;;) {
      const leftMs = heardAt + allowedMs - clock.now()
      if (leftMs <= 0) return giveUp()
      await clock.sleep(leftMs, ended.signal)
    }
  }
  const take = (message: unknown) => {
    const frame = readFrame(message)
    heardAt = clock.now()
    if (frame?.type === 'welcome') allowedMs = frame.heartbeatMs * HEARTBEATS_MISSED
    if (frame !== null && !onFrame(frame)) giveUp()
  }

  const socket = new connection.WebSocket(connection.url)
  socket.addEventListener('open', () => {
    if (!ended.signal.aborted) socket.send(JSON.stringify(connection.hello))
  })
  socket.addEventListener('message', ({ data }) => {
    if (ended.signal.aborted) return
    try {
      take(data)
    } catch {
      giveUp()
    }
  })
  socket.addEventListener('error', () => giveUp())
  socket.addEventListener('close', ({ code }) => end(code ?? ABNORMAL))
  signal.addEventListener('abort', giveUp, { once: true })
  watch().catch(() => undefined)
  return promise
}
