import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { type Desk, ratingIdIn, ticketIdIn } from './desk.ts'

const GONE = new Set(['deleted', 'scrubbed'])

/**
 * A ticket (developer.zendesk.com, "Tickets") and the customer's words with its rating. Its description is the first
 * comment; one that no customer can see is a note of agents. Undefined: no ticket.
 */
export const ticketToSightings = (ticket: Fields, desk: Desk, context: ParseContext): Sighting[] | undefined => {
  const id = idOf(ticket['id'])
  if (id === undefined) return undefined
  const isDeleted = GONE.has(textOf(ticket['status'])?.toLowerCase() ?? '')
  const text = textOf(ticket['description'])
  const title = textOf(ticket['subject']) ?? textOf(ticket['raw_subject'])
  if (!isDeleted && text === undefined && title === undefined) return undefined
  if (!isDeleted && ticket['is_public'] === false) return []
  const requester = idOf(ticket['requester_id'])
  const sighting = makeSighting(
    {
      id: ticketIdIn(desk, id),
      kind: 'ticket',
      text: text ?? title ?? '',
      title: text === undefined ? undefined : title,
      isDeleted,
      author: requester === undefined ? undefined : { id: requester },
      url: linkTo(id, ticket['url'], desk),
      createdAt: isoTimeOf(ticket['created_at']),
      tags: itemsOf(ticket['tags']).map((tag) => textOf(tag) ?? ''),
    },
    context,
  )
  const rating = fieldsOf(ticket['satisfaction_rating'])
  if (isDeleted || rating === undefined) return [sighting]
  const rated = { ticket_id: id, requester_id: ticket['requester_id'], updated_at: ticket['updated_at'], ...rating }
  return [sighting, ...ratingToSightings(rated, desk, context)]
}

/** A rating that a customer put into words; offered ones and bare scores say nothing. */
export const ratingToSightings = (rating: Fields, desk: Desk, context: ParseContext): Sighting[] => {
  const ticketId = idOf(rating['ticket_id'])
  const score = textOf(rating['score'])?.replace(/^received_|_with(?:out)?_comment$/g, '')
  const text = textOf(rating['comment'])
  if (ticketId === undefined || text === undefined || (score !== 'good' && score !== 'bad')) return []
  const requester = idOf(rating['requester_id'])
  return [
    makeSighting(
      {
        id: ratingIdIn(desk, ticketId),
        kind: 'message',
        text,
        rating: { value: score === 'good' ? 1 : 0, min: 0, max: 1 },
        author: requester === undefined ? undefined : { id: requester },
        url: linkTo(ticketId, undefined, desk),
        parentId: ticketIdIn(desk, ticketId),
        createdAt: isoTimeOf(rating['updated_at']) ?? isoTimeOf(rating['created_at']),
      },
      context,
    ),
  ]
}

/** Where an agent sees the ticket; `url` is where the API does. */
const linkTo = (id: string, url: unknown, { site }: Desk): string | undefined => {
  const api = typeof url === 'string' ? /^(https:\/\/[^/\s]+)\/api\/v2\//.exec(url)?.[1] : undefined
  const base = site ?? api
  return base === undefined ? undefined : `${base}/agent/tickets/${id}`
}
