import type { WebSocket } from 'ws'
import type { Clock } from '@outcry/runtime'
import { isoTime, type FeedFrame } from '@outcry/contracts'
import { CLOSE_REASONS, type CloseReason } from './close-reasons.ts'
import { tailEntry, type FeedTail, type TailEntry } from './feed-tail.ts'
import type { FeedLimits, FeedPort, FeedPrincipal } from './ports.ts'
import { wants, type Subscription } from './subscription.ts'

const BATCH = 50
const CLOSE_GRACE_MS = 5_000

type Surroundings = {
  socket: WebSocket
  principal: FeedPrincipal
  /** Asks again who the client is: null once its token or session ended. */
  recheck: () => Promise<FeedPrincipal | null>
  subscription: Subscription
  /** Sequence to go on after. */
  after: number
  port: FeedPort
  tail: FeedTail
  limits: FeedLimits
  clock: Clock
  onClose: (reason: CloseReason) => void
}

/**
 * One subscriber. `advance` sends it everything above its position in order, first from the database, then from the
 * tail in memory; calls at once share one run, so nothing is sent twice. Unsent bytes are bounded: it waits for the
 * socket between batches, and a client that reads nothing for a heartbeat is closed as a slow consumer.
 */
export const createFeedClient = (around: Surroundings) => {
  const { socket, port, tail, limits, clock } = around
  let { principal } = around
  let position = around.after
  let running = false
  let answered = true
  let closed = false

  const isOver = () => closed || socket.readyState !== socket.OPEN
  const close = (reason: CloseReason): void => {
    if (closed) return
    closed = true
    around.onClose(reason)
    socket.close(CLOSE_REASONS[reason], reason)
    void clock.sleep(CLOSE_GRACE_MS).then(() => socket.terminate())
  }
  const send = (text: string): void => {
    if (isOver()) return
    socket.send(text)
    if (socket.bufferedAmount > limits.maxBufferedBytes) close('slow_consumer')
  }
  const sendFrame = (frame: FeedFrame): void => send(JSON.stringify(frame))

  const full = () => socket.bufferedAmount > limits.maxBufferedBytes / 2
  /** Sends entries as long as there is room; whether all were sent. */
  const take = (entries: readonly TailEntry[]): boolean => {
    for (const entry of entries) {
      if (isOver() || full()) return false
      if (wants(principal, around.subscription, entry)) send(entry.frame)
      position = entry.seq
    }
    return true
  }
  /** Resolves once the socket has room again; a client that never makes room is closed by the heartbeat. */
  const flushed = async () =>
    new Promise<void>((resolve) => {
      if (isOver() || !full()) resolve()
      else socket.ping(undefined, undefined, () => resolve())
    })

  /** The next alerts above the position: from the tail where it reaches back so far, else from the database. */
  const nextBatch = async (): Promise<{ entries: readonly TailEntry[]; upTo: number }> => {
    const upTo = tail.seq
    const recent = tail.since(position)
    const entries = recent?.slice(0, BATCH) ?? (await port.alertsAfter(position, BATCH)).map(tailEntry)
    return { entries, upTo: entries.length < BATCH ? upTo : position }
  }

  const advance = async (): Promise<void> => {
    if (running || isOver()) return
    running = true
    try {
      while (!isOver() && position < tail.seq) {
        const { entries, upTo } = await nextBatch()
        if (take(entries)) position = Math.max(position, upTo)
        await flushed()
      }
    } catch {
      close('internal')
    } finally {
      running = false
    }
  }

  socket.on('pong', () => (answered = true))
  return {
    principalName: principal.name,
    sendFrame,
    close,
    advance,
    heard: () => void (answered = true),
    /** Tells the client that the feed lives, and finds out whether the client does. */
    async heartbeat(): Promise<void> {
      // Who cannot be asked after now, because the database is away, stays who it was.
      const now = await around.recheck().catch(() => principal)
      if (isOver()) return
      if (now === null) return close('unauthorized')
      principal = now
      if (!answered) return close(socket.bufferedAmount > 0 ? 'slow_consumer' : 'idle')
      answered = false
      socket.ping()
      sendFrame({ type: 'heartbeat', seq: position, at: isoTime(clock.now()) })
    },
  }
}
export type FeedClient = ReturnType<typeof createFeedClient>
