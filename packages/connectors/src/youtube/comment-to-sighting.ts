import type { ParseContext, Sighting } from '../connector.ts'
import { countOf, type Fields, fieldsOf, idOf, isoTimeOf, itemsOf, textOf } from '../fields.ts'
import { decodeEntities, htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

/** Seen by the channel's owner only. */
const HELD_BACK = new Set(['heldForReview', 'likelySpam'])
const VIDEO_KINDS = new Set(['youtube#video', 'youtube#searchResult', 'youtube#playlistItem'])

const mentionIdOf = (commentId: string): string => `youtube:comment:${commentId}`

/** The id of YouTube in the id of a mention of a comment. */
export const commentIdOf = (mentionId: string): string | undefined =>
  mentionId.startsWith(mentionIdOf('')) ? mentionId.slice(mentionIdOf('').length) : undefined

/** The items of a list response (developers.google.com/youtube/v3/docs), or the value itself. */
export const itemsOfList = (value: unknown): readonly unknown[] => {
  const list = fieldsOf(value)
  const items = list?.['items']
  return Array.isArray(items) ? items : [value]
}

/** A thread with the replies that came with it, a comment, or a video by its title. */
export const itemToSightings: ItemReader = (value, context) => {
  const item = fieldsOf(value)
  const snippet = fieldsOf(item?.['snippet'])
  if (item === undefined) return undefined
  const kind = textOf(item['kind'])
  const top = fieldsOf(snippet?.['topLevelComment'])
  if (top !== undefined) return threadToSightings(item, snippet ?? {}, top, context)
  if (kind === undefined || kind === 'youtube#comment') return one(commentToSighting(item, {}, context))
  if (VIDEO_KINDS.has(kind)) return videoToSightings(item, snippet, context)
  return kind.startsWith('youtube#') && kind !== 'youtube#commentThread' ? [] : undefined
}

/** A comment; `about` is what its thread knows of it. Null where it has no id or no text. */
export const commentToSighting = (
  comment: Fields,
  about: { videoId?: string | undefined; parentId?: string | undefined; replies?: number | undefined },
  context: ParseContext,
): Sighting | null => {
  const id = idOf(comment['id'])
  const snippet = fieldsOf(comment['snippet'])
  const text = snippet === undefined ? undefined : textOfComment(snippet)
  if (id === undefined || snippet === undefined || text === undefined) return null
  const videoId = idOf(snippet['videoId']) ?? about.videoId
  const parentId = idOf(snippet['parentId']) ?? about.parentId ?? parentIn(id)
  const createdAt = isoTimeOf(snippet['publishedAt'])
  const updatedAt = isoTimeOf(snippet['updatedAt'])
  const authorId = idOf(fieldsOf(snippet['authorChannelId'])?.['value']) ?? idOf(snippet['authorChannelUrl'])
  return makeSighting(
    {
      id: mentionIdOf(id),
      kind: 'comment',
      text,
      rev: updatedAt === undefined ? undefined : new Date(updatedAt).toISOString(),
      isEdited: updatedAt !== undefined && createdAt !== undefined && updatedAt > createdAt,
      isDeleted: snippet['moderationStatus'] === 'rejected',
      author: authorId === undefined ? undefined : { id: authorId, handle: textOf(snippet['authorDisplayName']) },
      url: videoId === undefined ? undefined : `https://www.youtube.com/watch?v=${videoId}&lc=${id}`,
      parentId: parentId === undefined ? undefined : mentionIdOf(parentId),
      createdAt,
      engagement: { likes: countOf(snippet['likeCount']), replies: about.replies },
    },
    context,
  )
}

/** What is no longer there, by the id of YouTube. */
export const deletionToSighting = (id: string, context: ParseContext): Sighting =>
  makeSighting({ id: mentionIdOf(id), kind: 'comment', text: '', isDeleted: true }, context)

const threadToSightings = (thread: Fields, snippet: Fields, top: Fields, context: ParseContext) => {
  const videoId = idOf(snippet['videoId'])
  const first = commentToSighting(top, { videoId, replies: countOf(snippet['totalReplyCount']) }, context)
  const parentId = idOf(top['id'])
  const replies = itemsOf(fieldsOf(thread['replies'])?.['comments']).flatMap((reply) => {
    const sighting = commentToSighting(fieldsOf(reply) ?? {}, { videoId, parentId }, context)
    return sighting === null || isHeldBack(fieldsOf(reply)) ? [] : [sighting]
  })
  if (first === null) return replies.length === 0 ? undefined : replies
  return isHeldBack(top) ? replies : [first, ...replies]
}

const one = (sighting: Sighting | null): readonly Sighting[] | undefined => (sighting === null ? undefined : [sighting])

const isHeldBack = (comment: Fields | undefined): boolean =>
  HELD_BACK.has(textOf(fieldsOf(comment?.['snippet'])?.['moderationStatus']) ?? '')

/** As it was typed, or as it is shown: in plain text where that was asked for, else as HTML. */
const textOfComment = (snippet: Fields): string | undefined => {
  const typed = textOf(snippet['textOriginal'])
  if (typed !== undefined) return typed
  const shown = textOf(snippet['textDisplay'])
  return shown === undefined ? undefined : htmlToText(shown)
}

/** The id of a reply is that of the comment it answers, a dot, and its own. */
const parentIn = (id: string): string | undefined => {
  const dot = id.indexOf('.')
  return dot > 0 ? id.slice(0, dot) : undefined
}

const videoToSightings = (item: Fields, snippet: Fields | undefined, context: ParseContext) => {
  const resource = fieldsOf(item['id']) ?? fieldsOf(snippet?.['resourceId'])
  const id = item['kind'] === 'youtube#video' ? idOf(item['id']) : idOf(resource?.['videoId'])
  const title = textOf(snippet?.['title'])
  if (id === undefined) return []
  if (title === undefined || snippet === undefined) return undefined
  const channelId = idOf(snippet['channelId'])
  return [
    makeSighting(
      {
        id: `youtube:video:${id}`,
        kind: 'post',
        title: decodeEntities(title),
        text: decodeEntities(textOf(snippet['description']) ?? title),
        author: channelId === undefined ? undefined : { id: channelId, handle: textOf(snippet['channelTitle']) },
        url: `https://www.youtube.com/watch?v=${id}`,
        createdAt: isoTimeOf(snippet['publishedAt']),
      },
      context,
    ),
  ]
}
