import { countOf, fieldsOf, idOf, secondsTimeOf, textOf, type Fields, wholeOf } from '../fields.ts'
import { decodeEntities } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

const GONE = new Set(['[deleted]', '[removed]'])
const FULLNAME = /^t[13]_[0-9a-z]{1,16}$/

/** A comment or a link (reddit.com/dev/api, "things"); what else a listing holds is no mention. */
export const thingToSightings: ItemReader = (value, context) => {
  const thing = fieldsOf(value)
  const data = fieldsOf(thing?.['data']) ?? thing
  if (data === undefined) return undefined
  if (isOtherThing(thing)) return []
  const name = fullnameOf(data, thing)
  if (name === undefined) return undefined
  const isComment = name.startsWith('t1_')
  const body = isComment ? textOf(data['body']) : textOf(data['selftext'])
  const title = isComment ? undefined : textOf(data['title'])
  const author = textOf(data['author'])
  const isDeleted = isGone(data, body, author)
  if (!isDeleted && body === undefined && title === undefined) return undefined
  const editedAt = secondsTimeOf(data['edited'])
  const permalink = textOf(data['permalink'])
  return [
    makeSighting(
      {
        id: `reddit:${name.slice(0, 2)}:${name.slice(3)}`,
        kind: isComment ? 'comment' : 'post',
        // Reddit writes <, > and & of people's text as entities.
        text: decodeEntities(body ?? title ?? ''),
        title: body === undefined || title === undefined ? undefined : decodeEntities(title),
        rev: editedAt === undefined ? 'original' : String(editedAt),
        isEdited: editedAt !== undefined,
        isDeleted,
        author: author === undefined || GONE.has(author) ? undefined : { id: author, handle: author },
        url: permalink === undefined ? undefined : new URL(permalink, 'https://www.reddit.com').href,
        parentId: parentOf(data['parent_id']),
        repostOf: parentOf(data['crosspost_parent']),
        createdAt: secondsTimeOf(data['created_utc']),
        engagement: { votes: wholeOf(data['score']), replies: countOf(data['num_comments']) },
        tags: [textOf(data['subreddit']) ?? '', textOf(data['link_flair_text']) ?? ''],
      },
      context,
    ),
  ]
}

/** The things of a listing, with the replies below them, of an answer to a command, or the value itself. */
export const thingsOf = (value: unknown): readonly unknown[] => {
  const listing = fieldsOf(value)
  const answered = fieldsOf(fieldsOf(listing?.['json'])?.['data'])?.['things']
  if (Array.isArray(answered)) return answered
  const children = fieldsOf(listing?.['data'])?.['children']
  if (listing?.['kind'] !== 'Listing' || !Array.isArray(children)) return [value]
  return children.flatMap((child) => {
    const replies = fieldsOf(fieldsOf(fieldsOf(child)?.['data'])?.['replies'])
    return replies === undefined ? [child] : [child, ...thingsOf(replies)]
  })
}

/** `t1_…` of a comment, `t3_…` of a link, also where the thing came without its kind. */
const fullnameOf = (data: Fields, thing: Fields | undefined): string | undefined => {
  const id = idOf(data['id'])
  const kind = textOf(thing?.['kind']) ?? (typeof data['body'] === 'string' ? 't1' : 't3')
  return [idOf(data['name']), id, `${kind}_${id}`].find((name) => name !== undefined && FULLNAME.test(name))
}

const isOtherThing = (thing: Fields | undefined): boolean =>
  ['more', 't2', 't4', 't5', 't6'].includes(textOf(thing?.['kind']) ?? '')

const isGone = (data: Fields, body: string | undefined, author: string | undefined): boolean =>
  (body !== undefined && GONE.has(body)) ||
  textOf(data['removed_by_category']) !== undefined ||
  (author === '[deleted]' && body === undefined)

const parentOf = (fullname: unknown): string | undefined => {
  const name = idOf(fullname)
  return name !== undefined && FULLNAME.test(name) ? `reddit:${name.slice(0, 2)}:${name.slice(3)}` : undefined
}
