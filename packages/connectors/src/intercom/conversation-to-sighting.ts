import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, isoTimeOf, itemsOf, numberOf, secondsTimeOf, textOf, type Fields } from '../fields.ts'
import { htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'

/** Everybody else (admin, bot, team) speaks for the company. */
const CUSTOMERS = new Set(['user', 'lead', 'contact', 'visitor'])
const BY_CUSTOMER = 'customer_initiated'
/** Messages have no edits; what is taken back is redacted. The same from the API and from webhooks, which write plain text. */
const REVISION = 'original'

export const conversationIdIn = ({ source }: ParseContext, id: string): string =>
  `intercom:${source}:conversation-${id}`

/**
 * What customers said in a conversation (Intercom's API, "Conversation"): how it began, their replies as far as they are
 * in it, and the remark of its rating. Undefined: no conversation.
 */
export const conversationToSightings = (conversation: Fields, context: ParseContext): Sighting[] | undefined => {
  const id = idOf(conversation['id']) ?? idOf(conversation['conversation_id'])
  if (id === undefined) return undefined
  const thread = conversationIdIn(context, id)
  if (conversation['deleted'] === true || timeOf(conversation['deleted_at']) !== undefined)
    return [makeSighting({ id: thread, kind: 'message', text: '', isDeleted: true }, context)]
  const source = fieldsOf(conversation['source']) ?? fieldsOf(conversation['conversation_message'])
  const parts = partsIn(conversation)
  const rating = fieldsOf(conversation['conversation_rating'])
  const saysNothing = source === undefined && parts.length === 0 && rating === undefined
  if (saysNothing && conversation['type'] !== 'conversation') return undefined
  return [
    ...(source === undefined ? [] : beginningToSightings(source, { conversation, thread }, context)),
    ...parts.flatMap((part) => partToSightings(part, thread, context) ?? []),
    ...(rating === undefined ? [] : ratingToSightings(rating, { conversation, thread, id }, context)),
  ]
}

type Thread = { conversation: Fields; thread: string }

const beginningToSightings = (source: Fields, { conversation, thread }: Thread, context: ParseContext): Sighting[] => {
  const author = fieldsOf(source['author'])
  if (!isOfCustomer(author, source['delivered_as'])) return []
  const text = plainOf(source['body'])
  const title = plainOf(source['subject']) ?? plainOf(conversation['title'])
  const isDeleted = source['redacted'] === true
  if (text === undefined && title === undefined && !isDeleted) return []
  const tags = fieldsOf(conversation['tags'])
  return [
    makeSighting(
      {
        id: thread,
        kind: 'message',
        text: text ?? title ?? '',
        title: text === undefined ? undefined : title,
        rev: REVISION,
        isDeleted,
        author: authorOf(author) ?? authorOf(contactOf(conversation)),
        url: textOf(fieldsOf(conversation['links'])?.['conversation_web']),
        createdAt: timeOf(conversation['created_at']),
        tags: itemsOf(tags?.['tags']).map((tag) => textOf(fieldsOf(tag)?.['name']) ?? ''),
      },
      context,
    ),
  ]
}

/** A customer's reply; `[]` for what others said or did in the conversation. Undefined: no part. */
export const partToSightings = (
  part: Fields,
  thread: string | undefined,
  context: ParseContext,
): Sighting[] | undefined => {
  const id = idOf(part['id'])
  const author = fieldsOf(part['author'])
  if (id === undefined || author === undefined) return undefined
  const text = plainOf(part['body'])
  const isDeleted = part['redacted'] === true
  if (!isOfCustomer(author) || (text === undefined && !isDeleted)) return []
  return [
    makeSighting(
      {
        id: `intercom:${context.source}:part-${id}`,
        kind: 'message',
        text: text ?? '',
        rev: REVISION,
        isDeleted,
        author: authorOf(author),
        parentId: thread,
        createdAt: timeOf(part['created_at']),
      },
      context,
    ),
  ]
}

const ratingToSightings = (
  rating: Fields,
  { conversation, thread, id }: Thread & { id: string },
  context: ParseContext,
): Sighting[] => {
  const text = textOf(rating['remark'])
  const value = numberOf(rating['rating'])
  if (text === undefined) return []
  return [
    makeSighting(
      {
        id: `intercom:${context.source}:rating-${id}`,
        kind: 'message',
        text,
        rating: value === undefined || value < 1 || value > 5 ? undefined : { value, min: 1, max: 5 },
        author: authorOf(fieldsOf(rating['contact']) ?? fieldsOf(rating['customer'])),
        parentId: thread,
        createdAt: timeOf(rating['updated_at']) ?? timeOf(rating['created_at']) ?? timeOf(conversation['updated_at']),
      },
      context,
    ),
  ]
}

/** The parts of a conversation, which come in a list of their own, or as an array. */
export const partsIn = (conversation: Fields): Fields[] => {
  const list = conversation['conversation_parts']
  return itemsOf(fieldsOf(list)?.['conversation_parts'] ?? list)
    .map(fieldsOf)
    .filter((part) => part !== undefined)
}

/** Some channels tell nothing of the author; then it was a customer, where nothing else is said of how it was sent. */
const isOfCustomer = (author: Fields | undefined, deliveredAs?: unknown): boolean => {
  const type = textOf(author?.['type'])
  return type === undefined ? (textOf(deliveredAs) ?? BY_CUSTOMER) === BY_CUSTOMER : CUSTOMERS.has(type)
}

/** Who a conversation is with, where its source does not tell the author. */
export const contactOf = (conversation: Fields): Fields | undefined => {
  const list = conversation['contacts']
  return fieldsOf(itemsOf(fieldsOf(list)?.['contacts'] ?? list)[0]) ?? fieldsOf(conversation['user'])
}

/** Names and addresses are left where they are. */
export const authorOf = (author: Fields | undefined): { id: string } | undefined => {
  const id = idOf(author?.['id'])
  return id === undefined ? undefined : { id }
}

/** Epoch seconds; some notifications write ISO 8601. */
export const timeOf = (value: unknown): number | undefined => secondsTimeOf(value) ?? isoTimeOf(value)

const plainOf = (html: unknown): string | undefined => textOf(htmlToText(textOf(html) ?? ''))
