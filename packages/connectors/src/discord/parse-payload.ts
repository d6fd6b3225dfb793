import type { ParseContext, ParseResult, Sighting } from '../connector.ts'
import { fieldsOf, itemsOf } from '../fields.ts'
import { parseItems } from '../parse-items.ts'
import { isDispatch, messageOf, placeOf, snowflakeOf, type Dispatch } from './message-shapes.ts'
import { deletionToSighting, messageToSighting } from './message-to-sighting.ts'

/** A message, a list or a search result of them, or what the gateway sends. Other events are passed over. */
export const parsePayload = (bytes: Uint8Array, context: ParseContext): ParseResult =>
  parseItems(bytes, { read: readValue, what: 'message of Discord', unwrap }, context)

/** A search gives each message in a list of its own. */
const unwrap = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value
  const fields = fieldsOf(value)
  if (Array.isArray(fields?.['messages'])) return fields['messages'].flat()
  if (Array.isArray(fields?.['items'])) return fields['items'].map((item) => fieldsOf(item)?.['message'])
  return [value]
}

const readValue = (value: unknown, context: ParseContext): readonly Sighting[] | undefined => {
  const message = messageOf(value)
  if (message !== undefined) return present(messageToSighting(message, context))
  if (isDispatch(value)) return readDispatch(value, context)
  // What the gateway says that is no event: a heartbeat, a greeting.
  return typeof fieldsOf(value)?.['op'] === 'number' ? [] : undefined
}

/** Reads an event of the gateway: nothing where it is not about messages, undefined where it cannot be read. */
export const readDispatch = ({ t, d }: Dispatch, context: ParseContext): readonly Sighting[] | undefined => {
  const message = messageOf(d)
  switch (t) {
    case 'MESSAGE_CREATE':
    case 'MESSAGE_UPDATE':
      return message === undefined ? undefined : present(messageToSighting(message, context))
    case 'MESSAGE_DELETE':
      return message === undefined ? undefined : [deletionToSighting(message.channelId, message.id, context)]
    case 'MESSAGE_DELETE_BULK': {
      const { channelId } = placeOf(d)
      const ids = itemsOf(fieldsOf(d)?.['ids']).map(snowflakeOf)
      if (channelId === undefined || ids.length === 0) return undefined
      return ids.filter((id) => id !== undefined).map((id) => deletionToSighting(channelId, id, context))
    }
    default:
      return []
  }
}

const present = (sighting: Sighting | null): readonly Sighting[] => (sighting === null ? [] : [sighting])
