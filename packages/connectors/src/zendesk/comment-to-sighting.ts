import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, itemsOf, secondsTimeOf, textOf, type Fields } from '../fields.ts'
import { htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import { commentIdIn, type Desk, ticketIdIn } from './desk.ts'

/** What is known of a comment beside itself. `isStaff`: whether the user is an agent or admin. */
export type CommentSurroundings = {
  ticketId?: string | undefined
  authorId?: string | undefined
  createdAt?: number | undefined
  isStaff?: ((userId: string) => boolean) | undefined
}

/** A public comment of a customer (developer.zendesk.com, "Ticket comments"). Undefined: no comment. */
export const commentToSightings = (
  comment: Fields,
  around: CommentSurroundings,
  desk: Desk,
  context: ParseContext,
): Sighting[] | undefined => {
  const id = idOf(comment['id'])
  const text = textOf(comment['body']) ?? textOf(htmlToText(textOf(comment['html_body']) ?? ''))
  const shown = text ?? textOf(comment['plain_body'])
  if (id === undefined || shown === undefined) return undefined
  const author = fieldsOf(comment['author'])
  const authorId = idOf(comment['author_id']) ?? idOf(author?.['id']) ?? around.authorId
  const isPrivate = comment['public'] === false || comment['is_public'] === false
  const isOfStaff = author?.['is_staff'] === true || (authorId !== undefined && around.isStaff?.(authorId) === true)
  if (isPrivate || isOfStaff || (textOf(comment['type']) ?? 'Comment') !== 'Comment') return []
  const ticketId = around.ticketId ?? idOf(comment['ticket_id'])
  return [
    makeSighting(
      {
        id: commentIdIn(desk, id),
        kind: 'message',
        text: shown,
        author: authorId === undefined ? undefined : { id: authorId },
        url: ticketId === undefined || desk.site === undefined ? undefined : `${desk.site}/agent/tickets/${ticketId}`,
        parentId: ticketId === undefined ? undefined : ticketIdIn(desk, ticketId),
        createdAt: isoTimeOf(comment['created_at']) ?? around.createdAt,
      },
      context,
    ),
  ]
}

/** A comment that was deleted, redacted or made private. */
export const commentGone = (id: string, desk: Desk, context: ParseContext): Sighting =>
  makeSighting({ id: commentIdIn(desk, id), kind: 'message', text: '', isDeleted: true }, context)

/**
 * The comments in one change of a ticket: an event of the incremental export with its `comment_events`, or an audit.
 * `withFirst`: also the comment that the ticket began with, which is the ticket's description.
 */
export const changeToSightings = (
  change: Fields,
  { isStaff, withFirst }: { isStaff?: (userId: string) => boolean; withFirst: boolean },
  desk: Desk,
  context: ParseContext,
): Sighting[] => {
  const children = itemsOf(change['child_events'] ?? change['events'])
    .map(fieldsOf)
    .filter((child) => child !== undefined)
  if (!withFirst && children.some((child) => kindOf(child) === 'Create')) return []
  const around = {
    ticketId: idOf(change['ticket_id']),
    authorId: idOf(change['author_id']) ?? idOf(change['updater_id']),
    createdAt: isoTimeOf(change['created_at']) ?? secondsTimeOf(change['timestamp']),
    isStaff,
  }
  return children.flatMap((child) => {
    const kind = kindOf(child)
    if (kind === 'Comment') return commentToSightings(child, around, desk, context) ?? []
    const of = idOf(child['comment_id'])
    const isGone = kind === 'CommentRedactionEvent' || (kind === 'CommentPrivacyChange' && child['public'] === false)
    return isGone && of !== undefined ? [commentGone(of, desk, context)] : []
  })
}

/** Ids of those who wrote a public comment in a change. */
export const commentersIn = (change: unknown): string[] =>
  itemsOf(fieldsOf(change)?.['child_events']).flatMap((value) => {
    const child = fieldsOf(value)
    const author = idOf(child?.['author_id'])
    return child === undefined || author === undefined || kindOf(child) !== 'Comment' || child['public'] === false
      ? []
      : [author]
  })

const kindOf = (child: Fields): string | undefined => textOf(child['event_type']) ?? textOf(child['type'])
