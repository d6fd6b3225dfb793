import type { ParseContext, Sighting, Webhook } from '../connector.ts'
import { fieldsOf, idOf, textOf, type Fields } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { graphTimeOf } from '../meta/graph-value.ts'
import { changesOf, isChange, metaChallenge, metaVerdict, type MetaChange } from '../meta/meta-webhook.ts'
import { parseItems, type ItemReader } from '../parse-items.ts'
import { commentId, judgementOf, postId } from './graph-to-sighting.ts'
import type { FacebookConfig } from './facebook-config.ts'

const FIELDS = new Set(['feed', 'mention', 'ratings', 'group_feed'])
const WORDLESS = ['photo', 'photo_id', 'photos', 'video', 'video_id', 'link', 'attachment']
const GONE = new Set(['remove', 'delete', 'hide', 'block'])

/** What happens on Pages of an app (developers.facebook.com, "Webhooks for Pages"). */
export const facebookWebhook: Webhook<FacebookConfig> = {
  challenge: ({ verifyToken }, query) => metaChallenge(verifyToken, query),
  verify: ({ appSecret }, request) => metaVerdict(appSecret, request),
  read: ({ pageId }, { body }, context) => {
    const isOfPage = ({ account }: MetaChange) => pageId === undefined || account === undefined || account === pageId
    const unwrap = (value: unknown) => changesOf(value)?.filter(isOfPage) ?? [value]
    return parseItems(body, { read: changeToSightings, what: 'change of a Facebook Page', unwrap }, context)
  },
}

/** Posts, comments and recommendations; reactions and changes of the Page itself are no mention. */
export const changeToSightings: ItemReader = (change, context) => {
  if (!isChange(change)) return undefined
  const { field, value, account } = change
  if (!FIELDS.has(field)) return []
  const item = textOf(value['item'])
  const isDeleted = GONE.has(textOf(value['verb']) ?? '')
  // A draft, a post that is planned, or one for an advertisement alone.
  const isUnpublished = value['published'] === 0 || value['published'] === false
  if (item === 'reaction' || item === 'like' || isUnpublished) return []
  if (field === 'ratings' && item !== 'comment') return ratingOf(value, isDeleted, context)
  const post = idOf(value['post_id'])
  const comment = idOf(value['comment_id'])
  const isComment = item === 'comment' || (item === undefined && comment !== undefined)
  const id = isComment ? comment : post
  const text = textOf(value['message'])
  if (id === undefined) return item === undefined || isComment || item === 'post' || item === 'status' ? undefined : []
  if (text === undefined && !isDeleted) return isWordless(value) ? [] : undefined
  const from = fieldsOf(value['from'])
  const authorId = idOf(from?.['id']) ?? idOf(value['sender_id'])
  const author = authorId === undefined ? undefined : { id: authorId, handle: nameOf(from, value) }
  const written = {
    text: text ?? '',
    isDeleted,
    isEdited: value['verb'] === 'edited' || value['verb'] === 'edit',
    author,
    byBrand: authorId !== undefined && authorId === account,
    createdAt: graphTimeOf(value['created_time']),
  }
  const address = textOf(value['permalink_url']) ?? textOf(fieldsOf(value['post'])?.['permalink_url'])
  return [
    isComment
      ? makeSighting({ id: commentId(id), kind: 'comment', ...written, parentId: parentOf(value, post) }, context)
      : makeSighting(
          { id: postId(id), kind: 'post', ...written, url: address ?? `https://www.facebook.com/${id}` },
          context,
        ),
  ]
}

const ratingOf = (value: Fields, isDeleted: boolean, context: ParseContext): Sighting[] | undefined => {
  const reviewer = idOf(value['reviewer_id'])
  const id = idOf(value['open_graph_story_id']) ?? reviewer
  const text = textOf(value['review_text']) ?? textOf(value['message'])
  if (id === undefined) return undefined
  if (text === undefined && !isDeleted) return []
  const written = {
    id: `facebook:rating:${id}`,
    kind: 'review' as const,
    text: text ?? '',
    isDeleted,
    isEdited: value['verb'] === 'edited' || value['verb'] === 'edit',
    author: reviewer === undefined ? undefined : { id: reviewer, handle: textOf(value['reviewer_name']) },
    rating: judgementOf(value),
    createdAt: graphTimeOf(value['created_time']),
  }
  return [makeSighting(written, context)]
}

/** A picture, a sticker, an event. */
const isWordless = (value: Fields): boolean =>
  value['message'] === undefined || WORDLESS.some((name) => value[name] !== undefined)

const nameOf = (from: Fields | undefined, value: Fields) => textOf(from?.['name']) ?? textOf(value['sender_name'])

/** The post itself, or the comment that is answered. */
const parentOf = (value: Fields, post: string | undefined): string | undefined => {
  const parent = idOf(value['parent_id'])
  if (parent === undefined || parent === post) return post === undefined ? undefined : postId(post)
  return commentId(parent)
}
