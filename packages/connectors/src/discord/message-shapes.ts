import { createGuard } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import { fieldsOf, type Fields } from '../fields.ts'

type Schema = Parameters<typeof Type.Union>[0][number]
export const maybe = <T extends Schema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))

/** A whole number of 64 bits as text. */
export const Snowflake = Type.String({ pattern: '^\\d{1,20}$' })
const isSnowflake = createGuard(Snowflake)

/** An id, also where it was recorded as a number. */
export const snowflakeOf = (value: unknown): string | undefined => {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return isSnowflake(id) ? id : undefined
}

/** A message of the gateway that carries an event (op 0). `s` numbers the events of a session. */
const Dispatch = Type.Object({
  t: Type.String({ minLength: 1 }),
  s: maybe(Type.Integer({ minimum: 0 })),
  d: Type.Unknown(),
})
export type Dispatch = Static<typeof Dispatch>
export const isDispatch = createGuard(Dispatch)

/** A message (docs.discord.com/developers/resources/message), of which only identity and place are certain. */
export type Message = { id: string; channelId: string; fields: Fields }

/** The message; undefined where the value is none. */
export const messageOf = (value: unknown): Message | undefined => {
  const fields = fieldsOf(value)
  const [id, channelId] = [snowflakeOf(fields?.['id']), snowflakeOf(fields?.['channel_id'])]
  return fields === undefined || id === undefined || channelId === undefined ? undefined : { id, channelId, fields }
}

/** Where an event takes place, as far as it says so. */
export const placeOf = (d: unknown): { channelId: string | undefined; guildId: string | undefined } => {
  const fields = fieldsOf(d)
  return { channelId: snowflakeOf(fields?.['channel_id']), guildId: snowflakeOf(fields?.['guild_id']) }
}
