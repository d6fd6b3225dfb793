import { createGuard, SECOND_MS, type Mention } from '@outcry/contracts'
import { Type } from 'typebox'
import { cleanText } from '../clean-text.ts'
import { cleanUrl } from '../clean-url.ts'
import type { ParseContext, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { htmlToText } from '../html-to-text.ts'

const Id = Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^\\d{1,15}$' })])
const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const Count = Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]))
const Parent = Type.Optional(Type.Union([Id, Type.Null()]))

/** An item of the Firebase API. */
const isItem = createGuard(
  Type.Object({
    id: Id,
    type: Type.Optional(Type.String()),
    time: Type.Optional(Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 })),
    by: Text,
    text: Text,
    title: Text,
    url: Text,
    parent: Parent,
    score: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    descendants: Count,
    deleted: Type.Optional(Type.Boolean()),
    dead: Type.Optional(Type.Boolean()),
  }),
)
/** A hit of the Algolia search. */
const isHit = createGuard(
  Type.Object({
    objectID: Id,
    created_at_i: Type.Integer({ minimum: 0, maximum: 8_640_000_000_000 }),
    author: Text,
    comment_text: Text,
    story_text: Text,
    title: Text,
    url: Text,
    parent_id: Parent,
    points: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
    num_comments: Count,
  }),
)

type Item = {
  id: string
  by: string | undefined
  html: string
  title: string | undefined
  link: string | undefined
  time: number | undefined
  parent: string | undefined
  votes: number | undefined
  replies: number | undefined
  isComment: boolean
  gone: boolean
}

/** An item of Hacker News, from either of its APIs; undefined where it is none. */
export const itemToSighting = (value: unknown, context: ParseContext): Sighting | undefined => {
  const item = itemOf(value)
  if (item === undefined) return undefined
  const id = `hackernews:item:${item.id}`
  const title = item.title === undefined ? '' : cleanText(htmlToText(item.title), 1_000)
  const text = item.gone ? '' : cleanText(htmlToText(item.html))
  const createdAt = item.time === undefined ? undefined : item.time * SECOND_MS
  const mention: Mention = {
    id,
    op: item.gone ? 'delete' : 'create',
    rev: item.gone ? 'delete' : contentRevision(title, text),
    kind: item.isComment ? 'comment' : 'post',
    source: context.source,
    text,
    url: `https://news.ycombinator.com/item?id=${item.id}`,
    observedAt: context.observedAt,
    eventTime: Math.min(createdAt ?? context.observedAt, context.observedAt),
  }
  if (createdAt !== undefined) mention.createdAt = createdAt
  if (title !== '' && !item.gone) mention.title = title
  if (item.by !== undefined) mention.author = { id: context.hashAuthor(item.by) }
  if (item.parent !== undefined) mention.parentId = `hackernews:item:${item.parent}`
  const link = cleanUrl(item.link)
  // A bare link says what it is about by its address and title only.
  if (text === '' && link !== undefined && !item.gone) mention.text = cleanText(link)
  const engagement = {
    ...(item.votes === undefined ? {} : { votes: item.votes }),
    ...(item.replies === undefined ? {} : { replies: item.replies }),
  }
  if (Object.keys(engagement).length > 0) mention.engagement = engagement
  return { mention }
}

const itemOf = (value: unknown): Item | undefined => {
  if (isHit(value)) {
    const isComment = typeof value.comment_text === 'string'
    return {
      id: String(value.objectID),
      by: value.author ?? undefined,
      html: value.comment_text ?? value.story_text ?? '',
      title: isComment ? undefined : (value.title ?? undefined),
      link: value.url ?? undefined,
      time: value.created_at_i,
      parent: value.parent_id == null ? undefined : String(value.parent_id),
      votes: value.points ?? undefined,
      replies: value.num_comments ?? undefined,
      isComment,
      gone: false,
    }
  }
  if (!isItem(value)) return undefined
  return {
    id: String(value.id),
    by: value.by ?? undefined,
    html: value.text ?? '',
    title: value.title ?? undefined,
    link: value.url ?? undefined,
    time: value.time,
    parent: value.parent == null ? undefined : String(value.parent),
    votes: value.score ?? undefined,
    replies: value.descendants ?? undefined,
    isComment: value.type === 'comment',
    gone: value.deleted === true || value.dead === true,
  }
}
