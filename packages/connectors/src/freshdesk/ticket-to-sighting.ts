import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'

/** Whose tickets they are. `scope`: names the account in ids. `site`: its address, for links. */
export type Desk = { scope: string; site?: string }

/** Begun by an agent's e-mail. */
const OUTBOUND_EMAIL = '10'

const ticketIdIn = ({ scope }: Desk, id: string): string => `freshdesk:${scope}:ticket-${id}`

/** A ticket (developers.freshdesk.com, "Tickets") and its replies as far as they are in it. Undefined: no ticket. */
export const ticketToSightings = (ticket: Fields, desk: Desk, context: ParseContext): Sighting[] | undefined => {
  // The first version of the API has another id beside the number of the ticket.
  const id = idOf(ticket['display_id']) ?? idOf(ticket['id'])
  if (id === undefined) return undefined
  const isDeleted = ticket['deleted'] === true || ticket['spam'] === true
  const text =
    textOf(ticket['description_text']) ?? plainOf(ticket['description']) ?? plainOf(ticket['description_html'])
  const title = textOf(ticket['subject'])
  if (!isDeleted && text === undefined && title === undefined) return undefined
  const replies = itemsOf(ticket['conversations'] ?? ticket['notes']).flatMap((value) => {
    const reply = fieldsOf(fieldsOf(value)?.['note'] ?? value)
    return (reply === undefined ? undefined : replyToSightings({ ...reply, ticket_id: id }, desk, context)) ?? []
  })
  if (!isDeleted && idOf(ticket['source']) === OUTBOUND_EMAIL) return replies
  const requester = idOf(ticket['requester_id']) ?? idOf(fieldsOf(ticket['requester'])?.['id'])
  const sighting = makeSighting(
    {
      id: ticketIdIn(desk, id),
      kind: 'ticket',
      text: text ?? title ?? '',
      title: text === undefined ? undefined : title,
      isDeleted,
      author: requester === undefined ? undefined : { id: requester },
      url: linkTo(id, desk),
      createdAt: isoTimeOf(ticket['created_at']),
      tags: itemsOf(ticket['tags']).map((tag) => textOf(tag) ?? ''),
    },
    context,
  )
  return isDeleted ? [sighting] : [sighting, ...replies]
}

/** What a customer replied in a ticket ("Conversations"); `[]` for what agents write. Undefined: no reply. */
export const replyToSightings = (reply: Fields, desk: Desk, context: ParseContext): Sighting[] | undefined => {
  const id = idOf(reply['id'])
  if (id === undefined) return undefined
  if (reply['incoming'] !== true || reply['private'] === true) return []
  const isDeleted = reply['deleted'] === true
  const text = textOf(reply['body_text']) ?? plainOf(reply['body']) ?? plainOf(reply['body_html'])
  if (text === undefined && !isDeleted) return []
  const ticketId = idOf(reply['ticket_id'])
  const author = idOf(reply['user_id'])
  return [
    makeSighting(
      {
        id: `freshdesk:${desk.scope}:reply-${id}`,
        kind: 'message',
        text: text ?? '',
        isDeleted,
        author: author === undefined ? undefined : { id: author },
        url: ticketId === undefined ? undefined : linkTo(ticketId, desk),
        parentId: ticketId === undefined ? undefined : ticketIdIn(desk, ticketId),
        createdAt: isoTimeOf(reply['created_at']),
      },
      context,
    ),
  ]
}

/** Where an agent sees the ticket. */
const linkTo = (id: string, { site }: Desk): string | undefined =>
  site === undefined ? undefined : `${site}/a/tickets/${id}`

const plainOf = (html: unknown): string | undefined => textOf(htmlToText(textOf(html) ?? ''))
