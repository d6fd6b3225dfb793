import type { ParseContext, Sighting } from '../connector.ts'
import { countOf, fieldsOf, idOf, numberOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { edgeOf, graphTimeOf, nodesById } from '../meta/graph-value.ts'
import type { ItemReader } from '../parse-items.ts'

/** `pageId`: whose posts and comments are the brand's own. `postId`: the post that is commented. */
export type Place = { pageId?: string | undefined; postId?: string | undefined }

const EDGES = ['feed', 'posts', 'published_posts', 'visitor_posts', 'tagged', 'ratings']
const COMMENT_SIGNS = ['comment_count', 'like_count', 'parent', 'can_comment', 'can_remove', 'can_hide', 'user_likes']
const POST_SIGNS = [
  'story',
  'updated_time',
  'shares',
  'actions',
  'status_type',
  'is_published',
  'full_picture',
  'comments',
]

export const postId = (id: string): string => `facebook:post:${id}`
export const commentId = (id: string): string => `facebook:comment:${id}`

/** A post, comment or recommendation as the Graph API shows it (developers.facebook.com, "Page Feed"), and the comments in it. */
export const graphToSightings: ItemReader = (value, context) => nodeSightings(value, context, {})

/** The items of a page of the API, of a Page with its edges inside, or the value itself. */
export const nodesOf = (value: unknown): readonly unknown[] => {
  const node = fieldsOf(value)
  if (Array.isArray(node?.['data'])) return edgeOf(node).flatMap(nodesOf)
  const together = nodesById(node)
  if (together !== undefined) return together
  const edges = EDGES.filter((edge) => Array.isArray(fieldsOf(node?.[edge])?.['data']))
  return edges.length === 0 ? [value] : edges.flatMap((edge) => edgeOf(node?.[edge]))
}

export const nodeSightings = (value: unknown, context: ParseContext, place: Place): Sighting[] | undefined => {
  const node = fieldsOf(value)
  if (node === undefined) return undefined
  if (isRating(node)) return ratingSightings(node, context)
  const id = idOf(node['id'])
  const isWritten = textOf(node['message']) !== undefined || graphTimeOf(node['created_time']) !== undefined
  if (id === undefined || !isWritten) return undefined
  return place.postId !== undefined || isComment(node)
    ? commentSightings(node, id, context, place)
    : postSightings(node, id, context, place)
}

const postSightings = (post: Fields, id: string, context: ParseContext, place: Place): Sighting[] => {
  // The id of a post begins with that of the Page on which it stands.
  const pageId = place.pageId ?? /^(\d+)_\d+$/.exec(id)?.[1]
  const own = { pageId, postId: id }
  const comments = edgeOf(post['comments']).flatMap((each) => nodeSightings(each, context, own) ?? [])
  const text = textOf(post['message'])
  const isDeleted = post['is_hidden'] === true
  // A post without words, such as a new picture of the Page, or one that is planned.
  if ((text === undefined && !isDeleted) || post['is_published'] === false) return comments
  const sighting = makeSighting(
    {
      id: postId(id),
      kind: 'post',
      text: text ?? '',
      isDeleted,
      ...writtenBy(post, pageId),
      url: textOf(post['permalink_url']) ?? `https://www.facebook.com/${id}`,
      engagement: {
        likes: totalOf(post['reactions']) ?? totalOf(post['likes']),
        replies: totalOf(post['comments']),
        reposts: countOf(fieldsOf(post['shares'])?.['count']),
      },
    },
    context,
  )
  return [sighting, ...comments]
}

const commentSightings = (comment: Fields, id: string, context: ParseContext, place: Place): Sighting[] => {
  const parentId = idOf(fieldsOf(comment['parent'])?.['id'])
  const own = { ...place, postId: place.postId ?? '' }
  const replies = edgeOf(comment['comments']).flatMap(
    (each) => nodeSightings({ parent: { id }, ...fieldsOf(each) }, context, own) ?? [],
  )
  const text = textOf(comment['message'])
  const isDeleted = comment['is_hidden'] === true
  // A picture or a sticker.
  if (text === undefined && !isDeleted) return replies
  const sighting = makeSighting(
    {
      id: commentId(id),
      kind: 'comment',
      text: text ?? '',
      isDeleted,
      ...writtenBy(comment, place.pageId),
      url: textOf(comment['permalink_url']),
      parentId: parentId === undefined ? (place.postId ? postId(place.postId) : undefined) : commentId(parentId),
      engagement: { likes: countOf(comment['like_count']), replies: countOf(comment['comment_count']) },
    },
    context,
  )
  return [sighting, ...replies]
}

/** Since 2018 people recommend a Page or do not; stars are older. */
const ratingSightings = (rating: Fields, context: ParseContext): Sighting[] => {
  const story = fieldsOf(rating['open_graph_story'])
  const reviewer = fieldsOf(rating['reviewer'])
  const createdAt = graphTimeOf(rating['created_time'])
  const id = idOf(story?.['id']) ?? idOf(reviewer?.['id']) ?? (createdAt === undefined ? undefined : String(createdAt))
  const text = textOf(rating['review_text']) ?? textOf(story?.['message'])
  // A judgement without words.
  if (id === undefined || text === undefined) return []
  const reviewerId = idOf(reviewer?.['id'])
  return [
    makeSighting(
      {
        id: `facebook:rating:${id}`,
        kind: 'review',
        text,
        author: reviewerId === undefined ? undefined : { id: reviewerId, handle: textOf(reviewer?.['name']) },
        rating: judgementOf(rating),
        createdAt,
      },
      context,
    ),
  ]
}

export const judgementOf = (rating: Fields) => {
  const stars = numberOf(rating['rating'])
  if (stars !== undefined && stars >= 1 && stars <= 5) return { value: stars, min: 1, max: 5 }
  const recommendation = textOf(rating['recommendation_type'])?.toLowerCase()
  if (recommendation === 'positive') return { value: 1, min: 0, max: 1 }
  return recommendation === 'negative' ? { value: 0, min: 0, max: 1 } : undefined
}

const writtenBy = (node: Fields, pageId: string | undefined) => {
  const from = fieldsOf(node['from'])
  const id = idOf(from?.['id'])
  return {
    author: id === undefined ? undefined : { id, handle: textOf(from?.['name']) },
    byBrand: id !== undefined && id === pageId,
    createdAt: graphTimeOf(node['created_time']),
  }
}

const isRating = (node: Fields): boolean =>
  ['review_text', 'recommendation_type', 'has_review', 'reviewer'].some((name) => node[name] !== undefined)

/** Comments and posts look alike: asked for nothing else, only comments come with who wrote them. */
const isComment = (node: Fields): boolean => {
  if (COMMENT_SIGNS.some((name) => node[name] !== undefined)) return true
  if (textOf(node['permalink_url'])?.includes('comment_id=') === true) return true
  return (
    node['from'] !== undefined &&
    node['permalink_url'] === undefined &&
    POST_SIGNS.every((name) => node[name] === undefined)
  )
}

const totalOf = (edge: unknown): number | undefined => countOf(fieldsOf(fieldsOf(edge)?.['summary'])?.['total_count'])
