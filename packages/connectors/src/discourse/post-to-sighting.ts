import type { ParseContext, Sighting } from '../connector.ts'
import { countOf, fieldsOf, type Fields, idOf, isoTimeOf, itemsOf, textOf } from '../fields.ts'
import { decodeEntities, htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'
import { type Forum, postMentionId, topicMentionId } from './forum.ts'
import { withoutQuotes } from './without-quotes.ts'

/** Small actions ("closed this topic") say nothing, whispers are for the team. */
const OTHER_POST_TYPES = new Set<unknown>([3, 4])
const LIKE = 2

/** Reads posts, topics and hits of a search of one forum (docs.discourse.org). */
export const itemReader =
  (forum: Forum): ItemReader =>
  (value, context) => {
    const item = fieldsOf(value)
    if (item === undefined) return undefined
    if (isPrivate(item) || isElsewhere(item, forum)) return []
    if (isPost(item)) return postToSightings(item, forum, context)
    return topicToSightings(item, forum, context)
  }

const isPrivate = (item: Fields): boolean =>
  item['archetype'] === 'private_message' || item['topic_archetype'] === 'private_message'

const isElsewhere = (item: Fields, { categoryIds }: Forum): boolean => {
  const category = countOf(item['category_id'])
  return categoryIds.size > 0 && category !== undefined && !categoryIds.has(category)
}

const isPost = (item: Fields): boolean =>
  ['cooked', 'raw', 'blurb'].some((name) => typeof item[name] === 'string') ||
  countOf(item['post_number']) !== undefined ||
  countOf(item['post_id']) !== undefined

const postToSightings = (post: Fields, forum: Forum, context: ParseContext): Sighting[] | undefined => {
  // What users did ("user actions") has no id of its own, but its post's.
  const postId = countOf(post['post_id']) ?? countOf(post['id'])
  if (OTHER_POST_TYPES.has(post['post_type'])) return []
  const topicId = countOf(post['topic_id'])
  const postNumber = countOf(post['post_number'])
  const id = idOfPost(forum, { postId, topicId, postNumber })
  if (id === undefined) return undefined
  const title = textOf(post['topic_title']) ?? textOf(post['title'])
  const version = countOf(post['version'])
  const author = authorOf(post, forum)
  const isOpening = postNumber === 1 || postNumber === undefined
  const text = bodyOf(post)
  const isDeleted = isGone(post)
  if (text === '' && title === undefined && !isDeleted) return undefined
  return [
    makeSighting(
      {
        id,
        kind: isOpening ? 'post' : 'comment',
        // A screenshot alone says what it is about by its topic.
        text: text === '' ? (title ?? '') : text,
        title,
        rev: version === undefined ? undefined : String(version),
        isEdited: version !== undefined && version > 1,
        isDeleted,
        author,
        url: addressOf(post, topicId, forum),
        parentId: isOpening || topicId === undefined ? undefined : topicMentionId(forum, topicId),
        createdAt: isoTimeOf(post['created_at']),
        engagement: { likes: likesOf(post), replies: countOf(post['reply_count']) },
        tags: tagsOf(post),
      },
      context,
    ),
  ]
}

type PostName = { postId: number | undefined; topicId: number | undefined; postNumber: number | undefined }

const idOfPost = (forum: Forum, { postId, topicId, postNumber }: PostName): string | undefined => {
  if (postNumber === 1 && topicId !== undefined) return topicMentionId(forum, topicId)
  return postId === undefined ? undefined : postMentionId(forum, postId)
}

const topicToSightings = (topic: Fields, forum: Forum, context: ParseContext): Sighting[] | undefined => {
  const topicId = countOf(topic['id']) ?? countOf(topic['topic_id'])
  const fancy = textOf(topic['fancy_title'])
  const title = textOf(topic['title']) ?? (fancy === undefined ? undefined : decodeEntities(fancy))
  if (topicId === undefined || title === undefined) return undefined
  const excerpt = htmlToText(textOf(topic['excerpt']) ?? '')
  const posts = countOf(topic['posts_count'])
  const creator = fieldsOf(topic['created_by']) ?? fieldsOf(fieldsOf(topic['details'])?.['created_by']) ?? topic
  return [
    makeSighting(
      {
        id: topicMentionId(forum, topicId),
        kind: 'post',
        text: excerpt === '' ? title : excerpt,
        title,
        isDeleted: isGone(topic),
        author: authorOf(creator, forum),
        url: addressOf(topic, topicId, forum),
        createdAt: isoTimeOf(topic['created_at']),
        engagement: {
          likes: countOf(topic['like_count']),
          replies: posts === undefined ? undefined : Math.max(0, posts - 1),
        },
        tags: tagsOf(topic),
      },
      context,
    ),
  ]
}

const isGone = (item: Fields): boolean =>
  textOf(item['deleted_at']) !== undefined || item['user_deleted'] === true || item['hidden'] === true

/** What the author wrote; what they quote only where there is nothing else. */
const bodyOf = (post: Fields): string => {
  const cooked = textOf(post['cooked']) ?? ''
  const own = htmlToText(withoutQuotes(cooked))
  if (own !== '') return own
  const rest = textOf(post['blurb']) ?? textOf(post['excerpt']) ?? ''
  return htmlToText(cooked) || (textOf(post['raw'])?.trim() ?? '') || htmlToText(rest)
}

/** Ids of users below 0 are the forum's own bots. */
const authorOf = (by: Fields, { scope }: Forum) => {
  const handle = textOf(by['username'])
  const userId = by['user_id'] ?? (by['topic_id'] === undefined && by['title'] === undefined ? by['id'] : undefined)
  const bot = typeof userId === 'number' && userId < 0
  const id = bot ? String(userId) : (idOf(userId) ?? handle)
  return id === undefined
    ? undefined
    : { id: `${scope}/${id}`, handle, bot, createdAt: isoTimeOf(by['user_created_at']) }
}

const likesOf = (post: Fields): number | undefined => {
  const likes = itemsOf(post['actions_summary']).find((action) => fieldsOf(action)?.['id'] === LIKE)
  return countOf(post['like_count']) ?? countOf(fieldsOf(likes)?.['count'])
}

const tagsOf = (item: Fields): string[] =>
  [
    textOf(item['category_slug']),
    ...itemsOf(item['tags']).map((tag) => textOf(tag) ?? textOf(fieldsOf(tag)?.['name'])),
  ].filter((tag) => tag !== undefined)

const addressOf = (item: Fields, topicId: number | undefined, { url }: Forum): string | undefined => {
  if (url === undefined || topicId === undefined) return undefined
  const slug = idOf(item['topic_slug']) ?? idOf(item['slug']) ?? '-'
  const postNumber = countOf(item['post_number'])
  return `${url}/t/${encodeURIComponent(slug)}/${topicId}${postNumber === undefined ? '' : `/${postNumber}`}`
}
