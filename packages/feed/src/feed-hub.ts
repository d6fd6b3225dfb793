import type { WebSocket } from 'ws'
import type { Clock, Logger, Metrics } from '@outcry/runtime'
import { FEED_CLOSE_REASONS, type FeedCloseReason, type FeedRequest } from '@outcry/contracts'
import { createFeedClient, type FeedClient } from './feed-client.ts'
import { createFeedTail } from './feed-tail.ts'
import type { FeedLimits, FeedPort, FeedPrincipal } from './ports.ts'
import { mayWant } from './subscription.ts'

export type FeedHubOptions = {
  port: FeedPort
  limits: FeedLimits
  clock: Clock
  logger: Logger
  metrics: Pick<Metrics, 'feedClients' | 'feedClosed'>
}
type Hello = Extract<FeedRequest, { type: 'hello' }>

/** Heartbeats go out in so many turns, so that those of thousands do not hold up an alert. */
const HEARTBEAT_TURNS = 10

/** Everyone who listens, one reading of the alerts for all of them. Start and stop may be called twice. */
export const createFeedHub = ({ port, limits, clock, logger, metrics }: FeedHubOptions) => {
  const tail = createFeedTail(port, limits.tailAlerts)
  const clients = new Map<FeedClient, { turn: number }>()
  const held = new Map<string, number>()
  const stopping = new AbortController()
  let started: Promise<void> | null = null
  let sockets = 0
  let joined = 0

  const count = () => metrics.feedClients.set(clients.size)
  const refuse = (socket: WebSocket, reason: FeedCloseReason) => {
    metrics.feedClosed.inc({ reason })
    socket.close(FEED_CLOSE_REASONS[reason], reason)
  }

  /** Reads what is new and passes it on; a failure is left to the next poll. */
  const wake = async (): Promise<void> => {
    try {
      await tail.refresh()
    } catch (error) {
      logger.warn({ error }, 'feed could not read alerts')
    }
    for (const client of clients.keys()) void client.advance()
  }
  const repeat = async (everyMs: number, work: () => unknown) => {
    try {
      for (;;) {
        await clock.sleep(everyMs, stopping.signal)
        await work()
      }
    } catch {
      // stopped
    }
  }

  let turn = 0
  const heartbeats = () => {
    turn = (turn + 1) % HEARTBEAT_TURNS
    for (const [client, of] of clients) if (of.turn === turn) client.heartbeat()
  }

  const begun = async () => {
    await tail.start()
    void repeat(limits.pollMs, wake)
    void repeat(limits.heartbeatMs / HEARTBEAT_TURNS, heartbeats)
  }

  /** A place among those of one holder, given back when the socket closes; false where there is none. */
  const takePlace = (socket: WebSocket, holder: string): boolean => {
    const places = held.get(holder) ?? 0
    if (places >= limits.maxConnectionsPerToken) return false
    held.set(holder, places + 1)
    socket.once('close', () => {
      const left = (held.get(holder) ?? 1) - 1
      if (left > 0) held.set(holder, left)
      else held.delete(holder)
    })
    return true
  }

  /** Where to begin: after what the client has, or with what comes next; a gap where its sequence was never given here. */
  const begin = async (after: number | undefined): Promise<{ after: number; gap: number | null }> => {
    // What this process has not read yet may be old news in another one.
    if (after === undefined) await tail.refresh().catch(() => undefined)
    if (after === undefined) return { after: tail.seq, gap: null }
    if (after > tail.seq) await tail.refresh()
    return after > tail.seq ? { after: tail.seq, gap: tail.seq + 1 } : { after, gap: null }
  }

  return {
    async start(): Promise<void> {
      started ??= begun()
      return started
    },
    stop(): void {
      stopping.abort()
      for (const client of clients.keys()) client.close('going_away')
    },
    /** Says that new alerts may be there. */
    wake: () => void wake(),
    /** Counts a connection before its hello; why it may not stay where there is no room, or the process is stopping. */
    enter(): (() => void) | FeedCloseReason {
      if (stopping.signal.aborted) return 'going_away'
      if (sockets >= limits.maxConnections) return 'too_many_connections'
      sockets += 1
      let left = false
      return () => {
        if (!left) sockets -= 1
        left = true
      }
    },
    /** Lets a client listen; null where it may not, or is gone before it could. */
    async join(
      socket: WebSocket,
      hello: Hello,
      principal: FeedPrincipal,
      recheck: () => Promise<FeedPrincipal | null>,
    ): Promise<FeedClient | null> {
      if (!mayWant(principal, hello.brands)) {
        refuse(socket, 'brand_refused')
        return null
      }
      // One that closed while it was asked who it is says so no more.
      if (socket.readyState !== socket.OPEN) return null
      if (!takePlace(socket, principal.name)) {
        refuse(socket, 'too_many_connections')
        return null
      }
      const start = await begin(hello.after)
      if (stopping.signal.aborted) refuse(socket, 'going_away')
      if (socket.readyState !== socket.OPEN) return null
      const client: FeedClient = createFeedClient({
        socket,
        principal,
        recheck,
        subscription: { brands: hello.brands ?? null, kinds: hello.kinds ?? null },
        after: start.after,
        port,
        tail,
        limits,
        clock,
        onClose: (reason) => metrics.feedClosed.inc({ reason }),
      })
      joined += 1
      clients.set(client, { turn: joined % HEARTBEAT_TURNS })
      count()
      socket.once('close', () => {
        clients.delete(client)
        count()
      })
      client.sendFrame({ type: 'welcome', seq: start.after, heartbeatMs: limits.heartbeatMs })
      if (start.gap !== null) client.sendFrame({ type: 'gap', seq: hello.after ?? 0, oldest: start.gap })
      void client.advance()
      return client
    },
    refuse,
  }
}
export type FeedHub = ReturnType<typeof createFeedHub>
