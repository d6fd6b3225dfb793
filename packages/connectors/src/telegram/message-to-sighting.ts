import { SECOND_MS } from '@outcry/contracts'
import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, idOf, secondsTimeOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { chatIdOf, chatOf, placeOf, type Chat, type Place } from './read-chat.ts'

/** Ids of supergroups and channels are those of their links below this. */
const LINK_ID_BASE = -1_000_000_000_000

/**
 * A message (core.telegram.org/bots/api#message) as a mention; null where it has no text by nature: a sticker, somebody
 * who joined. An edit that takes the text away leaves an empty one.
 */
export const messageToSighting = (message: Fields, place: Place, context: ParseContext): Sighting | null => {
  const { chat } = place
  const texts = [message['text'], message['caption'], fieldsOf(message['poll'])?.['question']]
  const text = texts.find((each) => typeof each === 'string')
  const editedAt = secondsTimeOf(message['edit_date'])
  if (text === undefined && editedAt === undefined) return null
  // The platform gives 0 where it tells nothing of a message any more.
  const sentAt = secondsTimeOf(message['date']) || undefined
  const revisedAt = editedAt ?? sentAt
  return makeSighting(
    {
      id: mentionId(place),
      kind: chat.type === 'channel' ? 'post' : 'message',
      text: text ?? '',
      // Webhooks come out of order: the time tells which revision is the newer.
      rev: revisedAt === undefined ? undefined : String(revisedAt / SECOND_MS),
      isEdited: editedAt !== undefined,
      author: authorOf(message, chat),
      url: linkOf(place),
      parentId: parentOf(message, place),
      repostOf: originalOf(message),
      createdAt: sentAt,
    },
    context,
  )
}

const mentionId = ({ chat, messageId }: Place): string => `telegram:${chat.id}:${messageId}`

/** Who speaks as a channel or as a group is told beside a stand-in user. */
const authorOf = (
  message: Fields,
  chat: Chat,
): { id: string; handle: string | undefined; bot: boolean } | undefined => {
  const user = fieldsOf(message['from'])
  const userId = chatIdOf(user?.['id'])
  const speaksAs =
    chatOf(message['sender_chat']) ?? (userId === undefined && chat.type === 'channel' ? chat : undefined)
  if (speaksAs !== undefined) return { id: String(speaksAs.id), handle: speaksAs.username, bot: false }
  return userId === undefined
    ? undefined
    : { id: String(userId), handle: textOf(user?.['username']), bot: user?.['is_bot'] === true }
}

/** In a forum the first message of a topic is not what its messages answer. */
const parentOf = (message: Fields, { chat }: Place): string | undefined => {
  const messageId = idOf(fieldsOf(message['reply_to_message'])?.['message_id'])
  if (messageId === undefined) return elsewhere(fieldsOf(message['external_reply']))
  const isTopic = message['is_topic_message'] === true && messageId === idOf(message['message_thread_id'])
  return isTopic ? undefined : mentionId({ chat, messageId })
}

/** The post that was forwarded; of forwarded messages of people the platform does not tell which they were. */
const originalOf = (message: Fields): string | undefined =>
  elsewhere(fieldsOf(message['forward_origin'])) ??
  elsewhere({ chat: message['forward_from_chat'], message_id: message['forward_from_message_id'] })

const elsewhere = (reference: Fields | undefined): string | undefined => {
  const place = placeOf(reference)
  return place === undefined ? undefined : mentionId(place)
}

const linkOf = ({ chat, messageId }: Place): string | undefined => {
  if (chat.type === 'private') return undefined
  if (chat.username !== undefined)
    return `https://t.me/${encodeURIComponent(chat.username.toWellFormed())}/${messageId}`
  return chat.id < LINK_ID_BASE ? `https://t.me/c/${LINK_ID_BASE - chat.id}/${messageId}` : undefined
}
