import { cleanUrl } from '../clean-url.ts'
import { countOf, fieldsOf, idOf, secondsTimeOf, textOf, type Fields, wholeOf } from '../fields.ts'
import { htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

const NUMBER = /^[1-9]\d{0,14}$/
/** What an item of the Firebase API may be, beside what people wrote. */
const TYPES = new Set(['story', 'comment', 'job', 'poll', 'pollopt'])

/**
 * An item of Hacker News, from the Firebase API or the Algolia search; the former answers null for one
 * that is not there yet, and lists of numbers of what is new or changed. */
export const itemToSightings: ItemReader = (value, context) => {
  if (value === null || typeof value === 'number') return []
  const fields = fieldsOf(value)
  if (Array.isArray(fields?.['profiles'])) return []
  const id = itemId(fields?.['objectID'] ?? fields?.['id'])
  if (fields === undefined || id === undefined || !isItem(fields)) return undefined
  const isComment = typeof fields['comment_text'] === 'string' || fields['type'] === 'comment'
  const title = isComment ? undefined : htmlText(fields['title'])
  const text = htmlText(fields['comment_text'] ?? fields['story_text'] ?? fields['text'])
  const author = textOf(fields['author']) ?? textOf(fields['by'])
  return [
    makeSighting(
      {
        id,
        kind: isComment ? 'comment' : 'post',
        // A bare link says what it is about by its address and title only.
        text: text ?? cleanUrl(textOf(fields['url'])) ?? '',
        title,
        isDeleted: fields['deleted'] === true || fields['dead'] === true,
        author: author === undefined ? undefined : { id: author },
        url: `https://news.ycombinator.com/item?id=${id.slice(id.lastIndexOf(':') + 1)}`,
        parentId: itemId(fields['parent_id'] ?? fields['parent']),
        createdAt: secondsTimeOf(fields['created_at_i'] ?? fields['time']),
        engagement: {
          votes: wholeOf(fields['points'] ?? fields['score']),
          replies: countOf(fields['num_comments'] ?? fields['descendants']),
        },
      },
      context,
    ),
  ]
}

const isItem = (fields: Fields): boolean =>
  fields['objectID'] !== undefined || TYPES.has(textOf(fields['type']) ?? '') || fields['deleted'] === true

const itemId = (value: unknown): string | undefined => {
  const id = idOf(value)
  return id !== undefined && NUMBER.test(id) ? `hackernews:item:${id}` : undefined
}

const htmlText = (value: unknown): string | undefined => {
  const text = textOf(value)
  return text === undefined ? undefined : htmlToText(text)
}
