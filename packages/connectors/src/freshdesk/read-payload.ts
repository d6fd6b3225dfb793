import type { ParseContext, ParseResult } from '../connector.ts'
import { fieldsOf, itemsOf, type Fields } from '../fields.ts'
import { type ItemReader, parseItems } from '../parse-items.ts'
import { type Desk, replyToSightings, ticketToSightings } from './ticket-to-sighting.ts'

const LISTS = ['results', 'tickets', 'conversations']
const ONES = ['helpdesk_ticket', 'ticket', 'conversation']

/** Any answer of the API about tickets and what is written in them, or what a rule sends of a ticket. */
export const readPayload = (bytes: Uint8Array, desk: Desk, context: ParseContext): ParseResult =>
  parseItems(bytes, { read: itemReader(desk), what: 'ticket or reply of Freshdesk', unwrap: itemsIn }, context)

export const itemReader =
  (desk: Desk): ItemReader =>
  (value, context) => {
    const item = fieldsOf(value)
    if (item === undefined) return undefined
    return isReply(item) ? replyToSightings(item, desk, context) : ticketToSightings(item, desk, context)
  }

const itemsIn = (value: unknown): readonly unknown[] => {
  const envelope = fieldsOf(value)
  if (envelope === undefined || 'id' in envelope) return [value]
  const sent = fieldsOf(envelope['freshdesk_webhook'])
  if (sent !== undefined) return [ticketOfRule(sent)]
  const list = LISTS.find((name) => Array.isArray(envelope[name]))
  if (list !== undefined) return itemsOf(envelope[list])
  const one = ONES.find((name) => fieldsOf(envelope[name]) !== undefined)
  return [one === undefined ? value : envelope[one]]
}

/** What a rule sends has the fields of the ticket under names of its own, and texts for dates in the account's language. */
const ticketOfRule = (sent: Fields): Fields => ({
  id: sent['ticket_id'] ?? sent['ticket_id_numeric'],
  subject: sent['ticket_subject'],
  description: sent['ticket_description'],
  created_at: sent['ticket_created_at'],
  requester_id: sent['ticket_requester_id'],
})

const isReply = (item: Fields): boolean =>
  !('subject' in item) && ['body', 'body_text', 'body_html'].some((name) => typeof item[name] === 'string')
