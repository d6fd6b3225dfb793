import { DAY_MS } from '@outcry/contracts'
import type { ParseContext, Sighting } from '../connector.ts'
import { countOf, type Fields, fieldsOf, idOf, isoTimeOf, itemsOf, textOf } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { postText } from './post-text.ts'

/** What an answer tells beside its posts: by id, the posts they refer to and who wrote them. */
export type Included = { posts: ReadonlyMap<string, Fields>; users: ReadonlyMap<string, Fields> }

const POST_ID = /^\d{1,19}$/
/** Ids count from here, in milliseconds above 22 bits. Epoch ms. */
const ID_EPOCH_MS = 1_288_834_974_657n
const ID_WITH_TIME = /^\d{15,19}$/
/** Codes of X for languages that other platforms write differently. */
const LANGUAGES: Readonly<Record<string, string>> = { in: 'id', iw: 'he' }
/** No language: undetermined, media only, tags only, too short. */
const NO_LANGUAGE = /^(?:und|zxx|art|q\w\w)$/

export const mentionIdOf = (postId: string): string => `x-v2:post:${postId}`

/** The id of a post where the value is one. */
export const postIdOf = (value: unknown): string | undefined => {
  const id = idOf(value)
  return id !== undefined && POST_ID.test(id) ? id : undefined
}

/** The id that stays the same over edits: each edit of a post has an id of its own, the first comes first. */
export const stableIdOf = (post: Fields, id: string): string =>
  postIdOf(itemsOf(post['edit_history_tweet_ids'])[0]) ?? id

/** When a post was written, which its id tells since November 2010. Epoch ms. */
export const writtenAt = (post: Fields, id: string, nowMs: number): number | undefined => {
  const told = isoTimeOf(post['created_at'])
  if (told !== undefined || !ID_WITH_TIME.test(id)) return told
  const at = Number((BigInt(id) >> 22n) + ID_EPOCH_MS)
  return at <= nowMs + DAY_MS ? at : undefined
}

/**
 * A post (docs.x.com/x-api/fundamentals/data-dictionary), or null where the value is none. A repost has the text of what
 * it reposts where the answer includes that.
 */
export const postToSighting = (value: unknown, included: Included, context: ParseContext): Sighting | null => {
  const post = fieldsOf(value)
  const id = postIdOf(post?.['id'])
  if (post === undefined || id === undefined || typeof post['text'] !== 'string') return null
  const refersTo = referencesOf(post)
  const idOfReferred = (type: string): string | undefined => {
    const referred = refersTo.get(type)
    if (referred === undefined) return undefined
    const told = included.posts.get(referred)
    return mentionIdOf(told === undefined ? referred : stableIdOf(told, referred))
  }
  const original = included.posts.get(refersTo.get('retweeted') ?? '')
  const stableId = stableIdOf(post, id)
  const authorId = idOf(post['author_id'])
  const user = included.users.get(authorId ?? '')
  const handle = textOf(user?.['username'])
  return makeSighting(
    {
      id: mentionIdOf(stableId),
      kind: refersTo.has('replied_to') ? 'comment' : 'post',
      text: postText(original ?? post, refersTo.get('quoted')),
      rev: id,
      isEdited: id !== stableId,
      author: authorId === undefined ? undefined : authorOf(authorId, user),
      url: `https://x.com/${handle ?? 'i'}/status/${id}`,
      lang: languageOf(post['lang']),
      parentId: idOfReferred('replied_to'),
      repostOf: idOfReferred('retweeted'),
      quoteOf: idOfReferred('quoted'),
      createdAt: writtenAt(post, id, context.observedAt),
      engagement: engagementOf(original ?? post),
      tags: itemsOf(fieldsOf(post['entities'])?.['hashtags']).map((tag) => textOf(fieldsOf(tag)?.['tag']) ?? ''),
    },
    context,
  )
}

/** The deletion of a post, by the id it has over its edits. */
export const deletionToSighting = (stableId: string, context: ParseContext): Sighting =>
  makeSighting({ id: mentionIdOf(stableId), kind: 'post', text: '', isDeleted: true }, context)

/** Ids of other posts by how the post refers to them: `retweeted`, `quoted`, `replied_to`. */
const referencesOf = (post: Fields): ReadonlyMap<string, string> => {
  const references = new Map<string, string>()
  for (const each of itemsOf(post['referenced_tweets'])) {
    const type = textOf(fieldsOf(each)?.['type'])
    const id = postIdOf(fieldsOf(each)?.['id'])
    if (type !== undefined && id !== undefined) references.set(type, id)
  }
  return references
}

const authorOf = (id: string, user: Fields | undefined) => ({
  id,
  handle: textOf(user?.['username']),
  followers: countOf(fieldsOf(user?.['public_metrics'])?.['followers_count']),
  createdAt: isoTimeOf(user?.['created_at']),
})

const languageOf = (value: unknown): string | undefined => {
  const language = textOf(value)?.toLowerCase()
  if (language === undefined || NO_LANGUAGE.test(language)) return undefined
  return LANGUAGES[language] ?? language
}

const engagementOf = (post: Fields) => {
  const metrics = fieldsOf(post['public_metrics'])
  return {
    likes: countOf(metrics?.['like_count']),
    replies: countOf(metrics?.['reply_count']),
    reposts: countOf(metrics?.['retweet_count']),
  }
}
