import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import { maybe, Snowflake } from './message-shapes.ts'

/** Every message of the gateway (docs.discord.com/developers/events/gateway). */
export const isFrame = createGuard(Type.Object({ op: Type.Integer(), d: Type.Optional(Type.Unknown()) }))
export const isHello = createGuard(Type.Object({ heartbeat_interval: Type.Number({ minimum: 1 }) }))

export const isReady = createGuard(
  Type.Object({
    session_id: Type.String({ minLength: 1, maxLength: 256 }),
    resume_gateway_url: Type.String({ pattern: '^wss?://', maxLength: 512 }),
    guilds: Type.Array(Type.Object({ id: Snowflake })),
  }),
)

const Channel = Type.Object({
  id: Snowflake,
  type: maybe(Type.Integer()),
  guild_id: maybe(Snowflake),
  parent_id: maybe(Snowflake),
  last_message_id: maybe(Snowflake),
})
export type Channel = Static<typeof Channel>
export const isChannel = createGuard(Channel)
export const isGuild = createGuard(
  Type.Object({
    id: Snowflake,
    channels: maybe(Type.Array(Type.Unknown())),
    threads: maybe(Type.Array(Type.Unknown())),
  }),
)
export const isAwayGuild = createGuard(Type.Object({ id: Snowflake, unavailable: maybe(Type.Boolean()) }))
export const isThreadList = createGuard(Type.Object({ threads: Type.Array(Type.Unknown()) }))
