import type { ParseContext, ParseResult, Sighting } from '../connector.ts'
import { fieldsOf, idOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { parseItems } from '../parse-items.ts'
import { changeToSightings, commentToSightings } from './comment-to-sighting.ts'
import type { Desk } from './desk.ts'
import { eventToSightings, isEvent } from './event-to-sighting.ts'
import { ratingToSightings, ticketToSightings } from './ticket-to-sighting.ts'

const LISTS = ['tickets', 'requests', 'results', 'comments', 'ticket_events', 'audits', 'satisfaction_ratings']
const ONES = ['ticket', 'request', 'comment', 'ticket_event', 'audit', 'satisfaction_rating']

/** Any answer of the API or body of a webhook: tickets, comments, events, audits, ratings, deleted tickets. */
export const readPayload = (bytes: Uint8Array, desk: Desk, context: ParseContext): ParseResult =>
  parseItems(
    bytes,
    {
      read: (value, read) => itemToSightings(value, desk, read),
      what: 'ticket or comment of Zendesk',
      unwrap: itemsIn,
    },
    context,
  )

const itemsIn = (value: unknown): readonly unknown[] => {
  const envelope = fieldsOf(value)
  if (envelope === undefined || isEvent(envelope)) return [value]
  if ('id' in envelope) return [value, ...embeddedIn(envelope)]
  if (Array.isArray(envelope['deleted_tickets']))
    return envelope['deleted_tickets'].map((ticket) => ({ ...fieldsOf(ticket), status: 'deleted' }))
  const list = LISTS.find((name) => Array.isArray(envelope[name]))
  if (list !== undefined) return itemsOf(envelope[list]).filter(isOfCustomer(envelope))
  const one = ONES.find((name) => fieldsOf(envelope[name]) !== undefined)
  return [one === undefined ? value : envelope[one]]
}

/** What its requester says in the comments that an export puts into a ticket. */
const embeddedIn = (ticket: Fields): readonly Fields[] => {
  const requester = idOf(ticket['requester_id'])
  return itemsOf(ticket['comments'])
    .map(fieldsOf)
    .filter((comment) => comment !== undefined)
    .filter((comment) => requester !== undefined && idOf(comment['author_id']) === requester)
    .map((comment) => ({ ticket_id: ticket['id'], ...comment }))
}

/** Leaves out what a search finds beside tickets, and what is by an agent as far as the answer brings its users. */
const isOfCustomer = (envelope: Fields) => {
  const staff = new Set(
    itemsOf(envelope['users']).flatMap((value) => {
      const role = textOf(fieldsOf(value)?.['role']) ?? 'end-user'
      return role === 'end-user' ? [] : [idOf(fieldsOf(value)?.['id'])]
    }),
  )
  return (value: unknown): boolean => {
    const item = fieldsOf(value)
    if (item === undefined) return true
    const author = idOf(item['author_id'])
    const isByStaff = isComment(item) && author !== undefined && staff.has(author)
    return !isByStaff && (textOf(item['result_type']) ?? 'ticket') === 'ticket'
  }
}

const itemToSightings = (value: unknown, desk: Desk, context: ParseContext): Sighting[] | undefined => {
  const item = fieldsOf(value)
  if (item === undefined) return undefined
  if (isEvent(item)) return eventToSightings(item, desk, context)
  if (Array.isArray(item['child_events']) || (Array.isArray(item['events']) && 'ticket_id' in item))
    return changeToSightings(item, { withFirst: true }, desk, context)
  if ('score' in item && 'ticket_id' in item) return ratingToSightings(item, desk, context)
  return isComment(item) ? commentToSightings(item, {}, desk, context) : ticketToSightings(item, desk, context)
}

const isComment = (item: Fields): boolean =>
  !('subject' in item) && ['body', 'html_body', 'plain_body'].some((name) => typeof item[name] === 'string')
