import type { WebSocket } from 'ws'
import type { Clock, Logger, Metrics } from '@outcry/runtime'
import type { FeedRequest } from '@outcry/contracts'
import { CLOSE_REASONS, type CloseReason } from './close-reasons.ts'
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

/** Everyone who listens, one reading of the alerts for all of them. Start and stop may be called twice. */
export const createFeedHub = ({ port, limits, clock, logger, metrics }: FeedHubOptions) => {
  const tail = createFeedTail(port, limits.tailAlerts)
  const clients = new Set<FeedClient>()
  const stopping = new AbortController()
  let started: Promise<void> | null = null
  let sockets = 0

  const count = () => metrics.feedClients.set(clients.size)
  const refuse = (socket: WebSocket, reason: CloseReason) => {
    metrics.feedClosed.inc({ reason })
    socket.close(CLOSE_REASONS[reason], reason)
  }

  /** Reads what is new and passes it on; a failure is left to the next poll. */
  const wake = async (): Promise<void> => {
    try {
      await tail.refresh()
    } catch (error) {
      logger.warn({ error }, 'feed could not read alerts')
    }
    for (const client of clients) void client.advance()
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

  const begun = async () => {
    await tail.start()
    void repeat(limits.pollMs, wake)
    void repeat(limits.heartbeatMs, () => clients.forEach((client) => void client.heartbeat()))
  }

  /** Where to begin: after what the client has, or with what comes next; a gap where that is no longer kept. */
  const begin = async (after: number | undefined): Promise<{ after: number; gap: number | null }> => {
    // What this process has not read yet may be old news in another one.
    if (after === undefined) await tail.refresh().catch(() => undefined)
    if (after === undefined) return { after: tail.seq, gap: null }
    if (after > tail.seq) await tail.refresh()
    if (after > tail.seq) return { after: tail.seq, gap: tail.seq + 1 }
    const oldest = (await port.oldest()) ?? tail.seq + 1
    return after < oldest - 1 && after < tail.seq ? { after: oldest - 1, gap: oldest } : { after, gap: null }
  }

  return {
    async start(): Promise<void> {
      started ??= begun()
      return started
    },
    stop(): void {
      stopping.abort()
      for (const client of clients) client.close('going_away')
    },
    /** Says that new alerts may be there. */
    wake: () => void wake(),
    /** Counts a connection before its hello; why it may not stay where there is no room, or the process is stopping. */
    enter(): (() => void) | CloseReason {
      if (stopping.signal.aborted) return 'going_away'
      if (sockets >= limits.maxConnections) return 'too_many_connections'
      sockets += 1
      let left = false
      return () => {
        if (!left) sockets -= 1
        left = true
      }
    },
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
      const held = [...clients].filter(({ principalName }) => principalName === principal.name).length
      if (held >= limits.maxConnectionsPerToken) {
        refuse(socket, 'too_many_connections')
        return null
      }
      const start = await begin(hello.after)
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
      clients.add(client)
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
