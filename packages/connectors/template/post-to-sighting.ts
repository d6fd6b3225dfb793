import { countOf, fieldsOf, idOf, isoTimeOf, itemsOf, textOf } from '../src/fields.ts'
import { htmlToText } from '../src/html-to-text.ts'
import { makeSighting } from '../src/make-sighting.ts'
import type { ItemReader } from '../src/parse-items.ts'

/** A post (https://board.example/docs/posts). Identity and text are needed, the rest is taken where it is there. */
export const postToSightings: ItemReader = (value, context) => {
  const post = fieldsOf(value)
  const id = idOf(post?.['id'])
  if (post === undefined || id === undefined) return undefined
  const body = htmlToText(textOf(post['body_html']) ?? '')
  const title = textOf(post['title'])
  const isDeleted = post['deleted'] === true
  if (body === '' && title === undefined && !isDeleted) return undefined
  const author = fieldsOf(post['author'])
  const authorId = idOf(author?.['id'])
  const version = countOf(post['version'])
  return [
    makeSighting(
      {
        id: `template:post:${id}`,
        kind: 'post',
        text: body === '' ? (title ?? '') : body,
        title: body === '' ? undefined : title,
        rev: version === undefined ? undefined : String(version),
        isEdited: version !== undefined && version > 1,
        isDeleted,
        author: authorId === undefined ? undefined : { id: authorId, handle: textOf(author?.['name']) },
        url: textOf(post['url']),
        createdAt: isoTimeOf(post['created_at']),
        engagement: { likes: countOf(post['likes']) },
      },
      context,
    ),
  ]
}

/** The posts of a page, the post of a webhook, or the value itself. */
export const postsOf = (value: unknown): readonly unknown[] => {
  const envelope = fieldsOf(value)
  if (Array.isArray(envelope?.['posts'])) return itemsOf(envelope['posts'])
  return fieldsOf(envelope?.['post']) === undefined ? [value] : [envelope?.['post']]
}
