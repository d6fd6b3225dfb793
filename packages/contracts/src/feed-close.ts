/** Why the server closes a feed connection: websocket close code and reason text. Both are part of the contract. */
export const FEED_CLOSE_REASONS = {
  going_away: 1001,
  internal: 1011,
  /** No token, a wrong one, or a session that ended. */
  unauthorized: 4001,
  bad_message: 4002,
  /** The first message did not come in time. */
  hello_timeout: 4003,
  /** A brand outside of the token's. */
  brand_refused: 4004,
  /** It no longer answers pings. */
  idle: 4005,
  /** It reads more slowly than alerts come: connect again and resume after the last sequence. */
  slow_consumer: 4008,
  too_many_connections: 4009,
  too_many_messages: 4010,
} as const
export type FeedCloseReason = keyof typeof FEED_CLOSE_REASONS
