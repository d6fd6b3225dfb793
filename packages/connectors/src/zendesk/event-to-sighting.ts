import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, textOf, type Fields } from '../fields.ts'
import { commentGone, commentToSightings } from './comment-to-sighting.ts'
import type { Desk } from './desk.ts'
import { ticketToSightings } from './ticket-to-sighting.ts'

const EVENT = /^zen:event-type:([a-z_]+)\.([a-z_.]+)$/
const ENDS_TICKET = new Set(['soft_deleted', 'permanently_deleted', 'marked_as_spam'])
const ENDS_COMMENT = new Set(['comment_redacted', 'comment_made_private'])

export const isEvent = (value: Fields): boolean => EVENT.test(textOf(value['type']) ?? '')

/** An event as a webhook brings it (developer.zendesk.com, "Ticket events"); of other things than tickets it is none. */
export const eventToSightings = (value: Fields, desk: Desk, context: ParseContext): Sighting[] | undefined => {
  const [, of, what = ''] = EVENT.exec(textOf(value['type']) ?? '') ?? []
  if (of !== 'ticket') return []
  const ticket = fieldsOf(value['detail'])
  const comment = fieldsOf(fieldsOf(value['event'])?.['comment'])
  const commentId = idOf(comment?.['id'])
  if (ENDS_COMMENT.has(what)) return commentId === undefined ? undefined : [commentGone(commentId, desk, context)]
  if (ticket === undefined) return undefined
  const seen = ticketToSightings(ENDS_TICKET.has(what) ? { ...ticket, status: 'deleted' } : ticket, desk, context)
  if (what !== 'comment_added' || comment === undefined) return seen
  const around = { ticketId: idOf(ticket['id']), createdAt: isoTimeOf(value['time']) }
  const said = commentToSightings(comment, around, desk, context)
  return seen === undefined && said === undefined ? undefined : [...(seen ?? []), ...(said ?? [])]
}
