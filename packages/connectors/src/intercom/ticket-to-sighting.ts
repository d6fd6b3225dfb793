import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { authorOf, contactOf, conversationIdIn, partToSightings, timeOf } from './conversation-to-sighting.ts'

/**
 * What customers said in a ticket (Intercom's API, "Ticket"): its title and description, and their replies as far as they
 * are in it. A ticket has the number of the conversation behind it. Undefined: no ticket.
 */
export const ticketToSightings = (ticket: Fields, context: ParseContext): Sighting[] | undefined => {
  const id = idOf(ticket['id'])
  if (id === undefined) return undefined
  const thread = conversationIdIn(context, id)
  const parts = fieldsOf(ticket['ticket_parts'])?.['ticket_parts'] ?? ticket['ticket_parts']
  const replies = itemsOf(parts).flatMap((part) => partToSightings(fieldsOf(part) ?? {}, thread, context) ?? [])
  const attributes = fieldsOf(ticket['ticket_attributes'])
  const title = textOf(attributes?.['_default_title_'])
  const text = textOf(attributes?.['_default_description_'])
  if (title === undefined && text === undefined) return replies
  const beginning = makeSighting(
    {
      id: thread,
      kind: 'ticket',
      text: text ?? title ?? '',
      title: text === undefined ? undefined : title,
      author: authorOf(contactOf(ticket)),
      createdAt: timeOf(ticket['created_at']),
    },
    context,
  )
  return [beginning, ...replies]
}
