import { fieldsOf, isoTimeOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { type JetstreamEvent, POSTS } from './event-to-sighting.ts'

const POST_URI = /^at:\/\/([^/]{1,256})\/app\.bsky\.feed\.post\/([^/]{1,128})$/
const LISTS = ['posts', 'feed', 'records', 'replies', 'quotes']

/**
 * Posts as the API shows them (app.bsky.feed.searchPosts, getPosts, getAuthorFeed, getPostThread, com.atproto.repo.listRecords)
 * as the events that Jetstream would have told them by; a value that is none of these, as it is.
 */
export const eventsOf = (value: unknown): readonly unknown[] => {
  const fields = fieldsOf(value)
  if (fields === undefined || fields['kind'] !== undefined) return [value]
  if (typeof fields['uri'] === 'string') return [eventOfView(fields) ?? value]
  const inside = [
    fields['thread'],
    fields['parent'],
    fields['post'],
    ...LISTS.flatMap((name) => itemsOf(fields[name])),
  ].filter((each) => fieldsOf(each) !== undefined)
  return inside.length === 0 ? [value] : inside.flatMap(eventsOf)
}

const eventOfView = (view: Fields): (JetstreamEvent & { commit: object }) | undefined => {
  const [, did, rkey] = POST_URI.exec(textOf(view['uri']) ?? '') ?? []
  const record = fieldsOf(view['record']) ?? fieldsOf(view['value'])
  const shownAt = isoTimeOf(view['indexedAt']) ?? isoTimeOf(record?.['createdAt'])
  if (did === undefined || record === undefined || shownAt === undefined) return undefined
  const commit = { operation: 'create', collection: POSTS, rkey, record }
  return { did, time_us: shownAt * 1_000, kind: 'commit', commit }
}
