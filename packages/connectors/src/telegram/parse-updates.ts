import type { ParseContext, ParseResult } from '../connector.ts'
import { fieldsOf, idOf, type Fields } from '../fields.ts'
import { parseItems, type ItemReader } from '../parse-items.ts'
import { messageToSighting } from './message-to-sighting.ts'
import { placeOf, type Chat } from './read-chat.ts'

/** The updates that are asked for. */
export const UPDATES = ['message', 'edited_message', 'channel_post', 'edited_channel_post'] as const
const CARRIERS = [...UPDATES, 'business_message', 'edited_business_message'] as const

/** Whether the messages of a chat are read. */
export type Filter = (chat: Chat) => boolean

const everything: Filter = () => true

/** An update, or a message by itself. Updates about other things are passed over. */
export const updateReader =
  (isWatched: Filter): ItemReader =>
  (value, context) => {
    const update = fieldsOf(value)
    const message = messageOf(update) ?? update
    const place = placeOf(message)
    // About a member, a reaction, a button.
    if (message === update && place === undefined && idOf(update?.['update_id']) !== undefined) return []
    if (message === undefined || place === undefined) return undefined
    const sighting = isWatched(place.chat) ? messageToSighting(message, place, context) : null
    return sighting === null ? [] : [sighting]
  }

/** The message an update is about, undefined where it is about none. */
export const messageOf = (update: Fields | undefined): Fields | undefined =>
  CARRIERS.map((name) => fieldsOf(update?.[name])).find((message) => message !== undefined)

/** Updates of the Bot API, as a webhook brings them or in the envelope of getUpdates, or messages by themselves. */
export const parseUpdates = (bytes: Uint8Array, context: ParseContext, isWatched: Filter = everything): ParseResult =>
  parseItems(bytes, { read: updateReader(isWatched), what: 'message of Telegram', unwrap }, context)

const unwrap = (value: unknown): readonly unknown[] => {
  const answer = fieldsOf(value)
  if (answer?.['ok'] !== true) return [value]
  const { result } = answer
  return Array.isArray(result) ? result : [result]
}
