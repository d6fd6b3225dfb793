import type { ParseContext, ParseResult } from '../connector.ts'
import { fieldsOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { type ItemReader, parseItems } from '../parse-items.ts'
import { conversationToSightings, partsIn, partToSightings } from './conversation-to-sighting.ts'
import { ticketToSightings } from './ticket-to-sighting.ts'

/** Any answer of the API about conversations and tickets, or body of a webhook. */
export const readPayload = (bytes: Uint8Array, context: ParseContext): ParseResult =>
  parseItems(bytes, { read: itemToSightings, what: 'conversation of Intercom', unwrap: itemsIn }, context)

const itemsIn = (value: unknown): readonly unknown[] => {
  const envelope = fieldsOf(value)
  if (envelope === undefined) return [value]
  if (isNotification(envelope)) return notifiedOf(envelope)
  if (Array.isArray(envelope['conversations'])) return envelope['conversations']
  if (Array.isArray(envelope['tickets'])) return envelope['tickets']
  if (envelope['type'] === 'list' && Array.isArray(envelope['data'])) return envelope['data']
  if (envelope['type'] === 'conversation_part.list') return itemsOf(envelope['conversation_parts'])
  return [value]
}

/** Of a webhook what is about a conversation or a ticket; a ping, a contact or a company is none. */
const notifiedOf = ({ topic, data }: Fields): readonly unknown[] => {
  const item = fieldsOf(data)?.['item']
  if (/^ticket[._]/.test(textOf(topic) ?? '')) return ticketIn(fieldsOf(item))
  if (!/^conversation[._]/.test(textOf(topic) ?? '')) return []
  const conversation = fieldsOf(item)
  if (conversation === undefined) return [item]
  if (topic === 'conversation.deleted') return [{ ...conversation, deleted: true }]
  if (topic !== 'conversation_part.redacted') return [conversation]
  return [{ ...conversation, conversation_parts: partsIn(conversation).map((part) => ({ ...part, redacted: true })) }]
}

/** The ticket itself, or that about which something is told. */
const ticketIn = (item: Fields | undefined): readonly unknown[] => {
  const ticket = item?.['type'] === 'ticket' ? item : fieldsOf(item?.['ticket'])
  return ticket === undefined ? [] : [ticket]
}

const isNotification = ({ type, topic, data }: Fields): boolean =>
  type === 'notification_event' || (typeof topic === 'string' && fieldsOf(data) !== undefined)

const itemToSightings: ItemReader = (value, context) => {
  const item = fieldsOf(value)
  if (item === undefined) return undefined
  const type = item['type']
  if (type === 'conversation_part' || type === 'ticket_part') return partToSightings(item, undefined, context)
  // What is deleted, conversation or ticket, is told by its number alone.
  const isTicket = type === 'ticket' && item['deleted'] !== true
  return isTicket ? ticketToSightings(item, context) : conversationToSightings(item, context)
}
