import type { ParseContext, Sighting } from '../connector.ts'
import { fieldsOf, isoTimeOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { snowflakeOf, type Message } from './message-shapes.ts'
import { plainContent } from './plain-content.ts'
import { timeOfSnowflake } from './snowflake.ts'

/** Other messages than plain ones, replies and what a command answered: somebody joined, a pin, a boost. */
const isNotice = (type: unknown): boolean => typeof type === 'number' && ![0, 19, 20, 23].includes(type)
const REPLY = 19
const FORWARD = 1
/** Copied from a channel that is followed. */
const IS_CROSSPOST = 2

/**
 * A message as a mention; null where it says nothing by nature: a notice, a picture alone, or an update that only adds
 * what a link shows and brings no content.
 */
export const messageToSighting = (
  { id, channelId, fields }: Message,
  context: ParseContext,
  guildId: string | undefined = snowflakeOf(fields['guild_id']),
): Sighting | null => {
  const text = plainContent(fields)
  const editedAt = isoTimeOf(fields['edited_timestamp'])
  if (isNotice(fields['type']) || text === undefined) return null
  if (text === '' && editedAt === undefined && hasOther(fields)) return null
  const createdAt = isoTimeOf(fields['timestamp']) ?? timeOfSnowflake(id)
  return makeSighting(
    {
      id: mentionId(channelId, id),
      kind: 'message',
      text,
      rev: new Date(editedAt ?? createdAt).toISOString(),
      isEdited: editedAt !== undefined,
      author: authorOf(fields),
      url: guildId === undefined ? undefined : `https://discord.com/channels/${guildId}/${channelId}/${id}`,
      createdAt,
      ...linksOf(fields, channelId),
    },
    context,
  )
}

/** The deletion of a message, of which the platform tells no more than the id. */
export const deletionToSighting = (channelId: string, id: string, context: ParseContext): Sighting =>
  makeSighting({ id: mentionId(channelId, id), kind: 'message', text: '', isDeleted: true }, context)

const hasOther = (fields: Fields): boolean =>
  ['attachments', 'embeds', 'sticker_items', 'components'].some((name) => itemsOf(fields[name]).length > 0)

const mentionId = (channelId: string, id: string): string => `discord:${channelId}:${id}`

/** A webhook calls itself what it likes. */
const authorOf = (fields: Fields): { id: string; handle?: string | undefined; bot: boolean } | undefined => {
  const webhook = snowflakeOf(fields['webhook_id'])
  if (webhook !== undefined) return { id: webhook, bot: true }
  const author = fieldsOf(fields['author'])
  const id = snowflakeOf(author?.['id'])
  return id === undefined ? undefined : { id, handle: textOf(author?.['username']), bot: author?.['bot'] === true }
}

const linksOf = (fields: Fields, channelId: string): { repostOf?: string; parentId?: string } => {
  const reference = fieldsOf(fields['message_reference'])
  const messageId = snowflakeOf(reference?.['message_id'])
  if (messageId === undefined) return {}
  const other = mentionId(snowflakeOf(reference?.['channel_id']) ?? channelId, messageId)
  const isCrosspost = (Number(fields['flags'] ?? 0) & IS_CROSSPOST) !== 0
  if (reference?.['type'] === FORWARD || isCrosspost) return { repostOf: other }
  return fields['type'] === REPLY ? { parentId: other } : {}
}
