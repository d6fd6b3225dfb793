import { type Fields, fieldsOf, idOf, itemsOf, textOf } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { graphTimeOf } from '../meta/graph-value.ts'
import type { ItemReader } from '../parse-items.ts'

/** What the search is asked to tell of each post (developers.facebook.com/docs/threads/threads-media). */
export const FIELDS =
  'id,text,timestamp,permalink,username,media_type,is_quote_post,is_reply,has_replies,replied_to,root_post,quoted_post,reposted_post,topic_tag'

const mentionIdOf = (id: string): string => `threads:post:${id}`

/** A post, reply or quote. One without words, such as a picture, is no mention. */
export const threadToSightings: ItemReader = (value, context) => {
  const thread = fieldsOf(value)
  const id = idOf(thread?.['id'])
  if (thread === undefined || id === undefined) return undefined
  const { text } = thread
  if (typeof text !== 'string') return isPost(thread) ? [] : undefined
  const authorId = textOf(thread['username']) ?? idOf(fieldsOf(thread['owner'])?.['id'])
  const repliedTo = idOfLinked(thread['replied_to'])
  return [
    makeSighting(
      {
        id: mentionIdOf(id),
        kind: thread['is_reply'] === true || repliedTo !== undefined ? 'comment' : 'post',
        text,
        author: authorId === undefined ? undefined : { id: authorId, handle: textOf(thread['username']) },
        url: textOf(thread['permalink']),
        parentId: repliedTo ?? (thread['is_reply'] === true ? idOfLinked(thread['root_post']) : undefined),
        quoteOf: idOfLinked(thread['quoted_post']),
        repostOf: idOfLinked(thread['reposted_post']),
        createdAt: graphTimeOf(thread['timestamp']),
        tags: [textOf(thread['topic_tag']) ?? ''],
      },
      context,
    ),
  ]
}

/** The posts of a page, of the body of a webhook (one value, or several as changes), or the value itself. */
export const threadsOf = (value: unknown): readonly unknown[] => {
  const body = fieldsOf(value)
  if (body === undefined) return [value]
  if (Array.isArray(body['data'])) return body['data']
  const told = fieldsOf(body['values']) ?? (typeof body['field'] === 'string' ? body : undefined)
  if (told !== undefined) return [told['value']]
  if (!Array.isArray(body['entry'])) return [value]
  return body['entry'].flatMap((entry) =>
    itemsOf(fieldsOf(entry)?.['changes']).map((change) => fieldsOf(change)?.['value']),
  )
}

const isPost = (thread: Fields): boolean =>
  ['media_type', 'permalink', 'shortcode', 'timestamp'].some((name) => textOf(thread[name]) !== undefined)

const idOfLinked = (value: unknown): string | undefined => {
  const id = idOf(fieldsOf(value)?.['id'])
  return id === undefined ? undefined : mentionIdOf(id)
}
