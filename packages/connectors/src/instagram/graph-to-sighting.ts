import type { ParseContext, Sighting } from '../connector.ts'
import { countOf, fieldsOf, idOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { edgeOf, graphTimeOf, nodesById } from '../meta/graph-value.ts'
import { isChange } from '../meta/meta-webhook.ts'
import type { ItemReader } from '../parse-items.ts'

/** `accountId`: whose media and comments are the brand's own. `mediaId`: the medium that is commented. */
export type Place = { accountId?: string | undefined; mediaId?: string | undefined; isOwnMedium?: boolean }

const EDGES = [
  'media',
  'tags',
  'stories',
  'comments',
  'replies',
  'mentioned_comment',
  'mentioned_media',
  'business_discovery',
]
const MEDIA_SIGNS = ['caption', 'media_type', 'media_url', 'permalink', 'comments_count', 'shortcode']
const COMMENTED = new Set(['comments', 'live_comments', 'mentions'])

export const mediaId = (id: string): string => `instagram:media:${id}`
export const commentId = (id: string): string => `instagram:comment:${id}`

/** What the Graph API answers, or one change of a webhook (developers.facebook.com, "Instagram Platform"). */
export const instagramToSightings: ItemReader = (value, context) =>
  isChange(value)
    ? changeSightings(value.field, value.value, value.account, value.sentAt, context)
    : nodeSightings(value, context, {})

/** The items of a page of the API, of an account with its edges inside, or the value itself. */
export const nodesOf = (value: unknown): readonly unknown[] => {
  const node = fieldsOf(value)
  if (node === undefined) return [value]
  if (Array.isArray(node['data'])) return edgeOf(node).flatMap(nodesOf)
  const together = nodesById(node)
  if (together !== undefined) return together
  if (isMedium(node) || textOf(node['text']) !== undefined) return [node]
  const edges = EDGES.flatMap((name) => {
    const edge = fieldsOf(node[name])
    return edge === undefined ? [] : nodesOf(edge)
  })
  return edges.length === 0 ? [value] : edges
}

export const nodeSightings = (value: unknown, context: ParseContext, place: Place): Sighting[] | undefined => {
  const node = fieldsOf(value)
  const id = idOf(node?.['id'])
  if (node === undefined || id === undefined) return undefined
  return isMedium(node) ? mediumSightings(node, id, context, place) : commentSightings(node, id, context, place)
}

const mediumSightings = (medium: Fields, id: string, context: ParseContext, place: Place): Sighting[] => {
  const comments = edgeOf(medium['comments']).flatMap(
    (each) => nodeSightings(each, context, { ...place, mediaId: id }) ?? [],
  )
  const text = textOf(medium['caption'])
  // A picture without words.
  if (text === undefined) return comments
  const owner = idOf(fieldsOf(medium['owner'])?.['id'])
  const username = textOf(medium['username'])
  const author = owner ?? (place.isOwnMedium === true ? place.accountId : undefined) ?? username
  const sighting = makeSighting(
    {
      id: mediaId(id),
      kind: 'post',
      text,
      author: author === undefined ? undefined : { id: author, handle: username },
      byBrand: place.isOwnMedium === true || (owner !== undefined && owner === place.accountId),
      url: textOf(medium['permalink']),
      createdAt: graphTimeOf(medium['timestamp']),
      engagement: { likes: countOf(medium['like_count']), replies: countOf(medium['comments_count']) },
    },
    context,
  )
  return [sighting, ...comments]
}

const commentSightings = (comment: Fields, id: string, context: ParseContext, place: Place): Sighting[] | undefined => {
  const replies = edgeOf(comment['replies']).flatMap(
    (each) => nodeSightings({ parent_id: id, ...fieldsOf(each) }, context, place) ?? [],
  )
  const text = textOf(comment['text'])
  const isDeleted = comment['hidden'] === true
  if (text === undefined && !isDeleted) return replies.length > 0 ? replies : undefined
  const from = fieldsOf(comment['from'])
  const username = textOf(from?.['username']) ?? textOf(comment['username'])
  const author = idOf(from?.['id']) ?? idOf(fieldsOf(comment['user'])?.['id']) ?? username
  const parent = idOf(comment['parent_id'])
  const medium = place.mediaId ?? idOf(fieldsOf(comment['media'])?.['id']) ?? idOf(comment['media_id'])
  const sighting = makeSighting(
    {
      id: commentId(id),
      kind: 'comment',
      text: text ?? '',
      isDeleted,
      author: author === undefined ? undefined : { id: author, handle: username },
      byBrand: author !== undefined && author === place.accountId,
      parentId: parent === undefined ? (medium === undefined ? undefined : mediaId(medium)) : commentId(parent),
      createdAt: graphTimeOf(comment['timestamp']),
      engagement: { likes: countOf(comment['like_count']), replies: countOf(comment['replies_count']) },
    },
    context,
  )
  // The comment last: a page is read back by its comments, and replies are newer.
  return [...replies, sighting]
}

/** Webhooks carry no time of writing: that of the notification stands for it. Mentions come as ids, without words. */
const changeSightings = (
  field: string,
  value: Fields,
  account: string | undefined,
  sentAt: number | undefined,
  context: ParseContext,
): Sighting[] | undefined => {
  if (!COMMENTED.has(field)) return []
  const id = idOf(value['id']) ?? idOf(value['comment_id'])
  if (field === 'mentions' && textOf(value['text']) === undefined) return []
  if (id === undefined) return undefined
  const written = { ...value, timestamp: value['timestamp'] ?? value['created_time'] ?? sentAt }
  return commentSightings(written, id, context, { accountId: account })
}

const isMedium = (node: Fields): boolean =>
  textOf(node['text']) === undefined && MEDIA_SIGNS.some((name) => node[name] !== undefined)
