/** One alert as the feed sends it. `data` is JSON as it leaves the system. */
export type FeedAlert = { seq: number; brand: string; kind: string; data: unknown }

/**
 * The alerts of the installation by their sequence, which rises by one. What is visible up to a sequence is complete: a
 * reader that has seen n has seen everything below n, but for what was forgotten.
 */
export type FeedPort = {
  /** Alerts above `seq`, rising, at most `limit`. */
  alertsAfter(seq: number, limit: number): Promise<FeedAlert[]>
  /** The newest sequence; 0 before the first alert. */
  head(): Promise<number>
}

/** Who listens; brands null is all of them. */
export type FeedPrincipal = { name: string; brands: readonly string[] | null }
export type FeedCredentials = { authorization?: string | undefined; cookie?: string | undefined }

export type FeedAuth = {
  principalOf(credentials: FeedCredentials): Promise<FeedPrincipal | null>
  originAllowed(request: { headers: Record<string, string | string[] | undefined> }): boolean
}

/** Bounds of the feed. Bytes, milliseconds, counts. */
export type FeedLimits = {
  heartbeatMs: number
  helloMs: number
  /** How often the tail is read without a wake-up. */
  pollMs: number
  /** Unsent bytes of one client above which it is a slow consumer. */
  maxBufferedBytes: number
  maxPayloadBytes: number
  maxConnections: number
  maxConnectionsPerToken: number
  maxMessagesPerMinute: number
  /** Alerts kept in memory for clients that are nearly live. */
  tailAlerts: number
}

export const FEED_LIMITS: FeedLimits = {
  heartbeatMs: 15_000,
  helloMs: 10_000,
  pollMs: 5_000,
  maxBufferedBytes: 1_048_576,
  maxPayloadBytes: 65_536,
  maxConnections: 4_000,
  maxConnectionsPerToken: 2_500,
  maxMessagesPerMinute: 100,
  tailAlerts: 1_000,
}
