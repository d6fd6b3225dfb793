import type { WebSocket } from 'ws'
import type { Clock } from '@outcry/runtime'
import { FEED_CLOSE_REASONS, isoTime, type FeedCloseReason, type FeedFrame } from '@outcry/contracts'
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
  onClose: (reason: FeedCloseReason) => void
}

/**
 * One subscriber. `advance` sends it everything above its position in order, first from the database, then from the
 * tail in memory; calls at once share one run, so nothing is sent twice. Sequences have no holes where they are made: one
 * that is missing is no longer kept, and the client is told. Unsent bytes are bounded: it waits for the socket between
 * batches, and a client that reads nothing for a heartbeat is closed as a slow consumer.
 */
export const createFeedClient = (around: Surroundings) => {
  const { socket, port, tail, limits, clock } = around
  let { principal } = around
  let position = around.after
  let running = false
  let answered = true
  let rechecking = false
  let closed = false

  const isOver = () => closed || socket.readyState !== socket.OPEN
  const close = (reason: FeedCloseReason): void => {
    if (closed) return
    closed = true
    around.onClose(reason)
    socket.close(FEED_CLOSE_REASONS[reason], reason)
    void clock.sleep(CLOSE_GRACE_MS).then(() => socket.terminate())
  }
  const send = (frame: string | Buffer): void => {
    if (isOver()) return
    socket.send(frame, { binary: false })
    if (socket.bufferedAmount > limits.maxBufferedBytes) close('slow_consumer')
  }
  const sendFrame = (frame: FeedFrame): void => send(JSON.stringify(frame))

  const full = () => socket.bufferedAmount > limits.maxBufferedBytes / 2
  const tellOfGap = (oldest: number) => {
    if (oldest > position + 1) sendFrame({ type: 'gap', seq: position, oldest })
  }
  /** Sends entries as long as there is room. They are all that is kept up to `upTo`. */
  const take = (entries: readonly TailEntry[], upTo: number): void => {
    for (const entry of entries) {
      if (isOver() || full()) return
      tellOfGap(entry.seq)
      if (wants(principal, around.subscription, entry)) send(entry.frame)
      position = entry.seq
    }
    tellOfGap(upTo + 1)
    position = Math.max(position, upTo)
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
        take(entries, upTo)
        await flushed()
      }
    } catch {
      close('internal')
    } finally {
      running = false
    }
  }

  /** Who cannot be asked after now, because the database is away, stays who it was. */
  const revalidate = async (): Promise<void> => {
    if (rechecking) return
    rechecking = true
    try {
      const now = await around.recheck()
      if (now === null) close('unauthorized')
      else principal = now
    } catch {
      // asked again with the next heartbeat
    } finally {
      rechecking = false
    }
  }

  socket.on('pong', () => (answered = true))
  return {
    sendFrame,
    close,
    advance,
    heard: () => void (answered = true),
    /** Tells the client that the feed lives, and finds out whether the client does. */
    heartbeat(): void {
      if (isOver()) return
      if (!answered) return close(socket.bufferedAmount > 0 ? 'slow_consumer' : 'idle')
      answered = false
      socket.ping()
      sendFrame({ type: 'heartbeat', seq: position, at: isoTime(clock.now()) })
      void revalidate()
    },
  }
}
export type FeedClient = ReturnType<typeof createFeedClient>
