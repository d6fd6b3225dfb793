import type { AlertNews, FeedFrame } from '@outcry/contracts'
import { createEventQueue } from './event-queue.ts'
import { systemFeedClock, type FeedClock } from './feed-clock.ts'
import { followConnection, type FeedSocketConstructor } from './feed-connection.ts'
import { FeedRefused, refusalOf } from './feed-refused.ts'
import { feedUrl } from './feed-url.ts'
import { reconnectDelay } from './reconnect-delay.ts'

/** What happened, in order of `seq`. */
export type FeedEvent =
  | { type: 'alert'; seq: number; brand: string; kind: string; data: AlertNews }
  /** The server no longer has what came after `after` and before `oldest`: read the API anew. */
  | { type: 'gap'; seq: number; after: number; oldest: number }

/** `waiting`: for the next try, or for room. `ended`: closed, or refused. */
export type FeedState = 'connecting' | 'live' | 'waiting' | 'ended'

export type FeedOptions = {
  /** Of the API or of its feed: `https://outcry.example`, `wss://outcry.example/api/v1/feed`. */
  url: string | URL
  /** Asked for again with each connection where it is a function. A browser that is signed in needs none. */
  token?: string | (() => string | Promise<string>)
  /** Within those of the token; all of them where absent. */
  brands?: readonly string[]
  kinds?: readonly string[]
  /** The last sequence that was dealt with; absent begins with what comes next. */
  after?: number
  /** Events that may wait to be taken. Above it the connection is let go until half of them are: 1,000. */
  maxWaiting?: number
  onState?: (state: FeedState) => void
  signal?: AbortSignal
  WebSocket?: FeedSocketConstructor
  clock?: FeedClock
  /** From 0 to below 1. */
  random?: () => number
}

/**
 * The alerts of an installation as they come: every one once and in order, over any number of drops, for as long as the
 * server keeps them; where it does not, an event says so. For one reader; leaving its loop closes the feed.
 *
 *     for await (const event of openFeed({ url, token, after })) { … ; save(event.seq) }
 *
 * Connects again by itself, for ever, at random moments further and further apart. Throws `FeedRefused` where that is of
 * no use.
 */
export type Feed = AsyncIterableIterator<FeedEvent, undefined> & {
  /** All up to here was dealt with: the reader came back for more. Null until the first welcome. Go on after it. */
  readonly position: number | null
  readonly state: FeedState
  /** Safe twice. What waits can still be taken. */
  close(): void
}

const MAX_WAITING = 1_000

const ownWebSocket = (): FeedSocketConstructor => {
  const { WebSocket } = globalThis as { WebSocket?: FeedSocketConstructor }
  if (!WebSocket) throw new TypeError('WebSocket: this runtime has none; give that of the package ws')
  return WebSocket
}

/** Follows the feed from now on. Throws a TypeError where an option cannot work. */
export const openFeed = (options: FeedOptions): Feed => {
  const { onState, clock = systemFeedClock, random = Math.random, WebSocket = ownWebSocket() } = options
  const url = feedUrl(options.url)
  const events = createEventQueue<FeedEvent>(options.maxWaiting ?? MAX_WAITING)
  const closing = new AbortController()
  /** Where the server is to go on after, and how far the reader is. */
  let received = options.after ?? null
  let handled = received
  let inHand: number | null = null
  let state: FeedState = 'connecting'

  const become = (next: FeedState) => {
    if (state === next || state === 'ended') return
    state = next
    onState?.(next)
  }
  const finish = (error: Error | null) => {
    closing.abort()
    events.end(error)
    become('ended')
  }

  /** Passes a frame on; false where it has to wait for room, and is asked for again. */
  const take = (frame: FeedFrame): boolean => {
    switch (frame.type) {
      case 'welcome':
        received ??= frame.seq
        handled ??= frame.seq
        become('live')
        return true
      case 'heartbeat':
        received = Math.max(received ?? 0, frame.seq)
        if (events.awaited) handled = received
        return true
      case 'alert': {
        if (frame.seq <= (received ?? -1)) return true
        const { type, seq, brand, kind } = frame
        // The server wrote it from the type it is read as; what it says inside is not checked again.
        const pushed = events.push({ type, seq, brand, kind, data: frame.data as AlertNews })
        if (pushed) received = seq
        return pushed
      }
      case 'gap': {
        // It may lie behind what was heard: the server is another one, or was restored.
        const seq = frame.oldest - 1
        const pushed = events.push({ type: 'gap', seq, after: received ?? frame.seq, oldest: frame.oldest })
        if (pushed) received = seq
        return pushed
      }
      case 'error':
        break
    }
    return true
  }

  const connect = async (): Promise<{ code: number; welcomed: boolean; lived: boolean; full: boolean }> => {
    const seen = { welcomed: false, lived: false, full: false }
    const token = typeof options.token === 'function' ? await options.token() : options.token
    const code = await followConnection({
      WebSocket,
      url,
      hello: {
        type: 'hello',
        ...(token === undefined ? {} : { token }),
        ...(options.brands ? { brands: [...options.brands] } : {}),
        ...(options.kinds ? { kinds: [...options.kinds] } : {}),
        ...(received === null ? {} : { after: received }),
      },
      clock,
      signal: closing.signal,
      onFrame: (frame) => {
        if (frame.type === 'welcome') seen.welcomed = true
        else seen.lived = true
        const taken = take(frame)
        if (!taken) seen.full = true
        return taken
      },
    })
    return { code, ...seen }
  }

  /** Whether another connection could go better; the reason is thrown where none could. */
  const refuse = ({ code, welcomed }: { code: number; welcomed: boolean }) => {
    const refusal = refusalOf(code)
    // A token that was good and no longer is may have a successor.
    if (refusal === 'unauthorized' && welcomed && typeof options.token === 'function') return
    if (refusal) throw new FeedRefused(refusal)
  }

  const run = async () => {
    for (let failures = 0; !closing.signal.aborted;) {
      become('connecting')
      const end = await connect().catch(() => ({ code: 1006, welcomed: false, lived: false, full: false }))
      if (closing.signal.aborted) return
      refuse(end)
      become('waiting')
      await events.room()
      failures = end.lived ? 1 : failures + 1
      if (!end.full) await clock.sleep(reconnectDelay(failures, random()), closing.signal)
    }
  }

  /** The reader is done with what it took. */
  const deal = () => {
    handled = events.size === 0 ? received : (inHand ?? handled)
    inHand = null
  }
  const feed: Feed = {
    get position() {
      return handled
    },
    get state() {
      return state
    },
    close: () => finish(null),
    async next() {
      deal()
      const next = await events.take()
      if (!next.done) inHand = next.value.seq
      return next
    },
    async return() {
      deal()
      finish(null)
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => feed,
  }

  if (options.signal?.aborted) finish(null)
  options.signal?.addEventListener('abort', () => finish(null), { once: true, signal: closing.signal })
  onState?.(state)
  void run().then(
    () => finish(null),
    (error: unknown) => finish(closing.signal.aborted ? null : (error as Error)),
  )
  return feed
}
