import { type Static, Type } from 'typebox'
import type { Alert } from './alert.ts'

/** Client to server, on the feed's websocket. The first message must be `hello`. */
export const FeedRequest = Type.Union([
  Type.Object(
    {
      type: Type.Literal('hello'),
      /** Bearer token, unless the upgrade request carried an Authorization header or the console's cookie. */
      token: Type.Optional(Type.String({ maxLength: 512 })),
      brands: Type.Optional(Type.Array(Type.String(), { maxItems: 1_000 })),
      kinds: Type.Optional(Type.Array(Type.String(), { maxItems: 16 })),
      /** Resume after this sequence; absent starts with what comes next. */
      after: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { additionalProperties: false },
  ),
  Type.Object({ type: Type.Literal('pong') }, { additionalProperties: false }),
])
export type FeedRequest = Static<typeof FeedRequest>

/** Server to client. Sequences rise, may skip (other brands), never repeat. */
export const FeedFrame = Type.Union([
  Type.Object({ type: Type.Literal('welcome'), seq: Type.Integer(), heartbeatMs: Type.Integer() }),
  Type.Object({
    type: Type.Literal('alert'),
    seq: Type.Integer(),
    brand: Type.String(),
    kind: Type.String(),
    data: Type.Unknown(),
  }),
  Type.Object({ type: Type.Literal('heartbeat'), seq: Type.Integer(), at: Type.String() }),
  Type.Object({ type: Type.Literal('gap'), seq: Type.Integer(), oldest: Type.Integer() }),
  Type.Object({ type: Type.Literal('error'), code: Type.String(), detail: Type.String() }),
])
export type FeedFrame = Static<typeof FeedFrame>

/** An alert as it leaves the system, in the `data` of its frame: times in ISO 8601, UTC. */
export type AlertNews = Omit<Alert, 'at' | 'since'> & { at: string; since: string }
