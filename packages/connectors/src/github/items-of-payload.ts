import { fieldsOf, type Fields, textOf } from '../fields.ts'
import type { ItemReader } from '../parse-items.ts'
import { commentToSightings, issueToSightings } from './issue-to-sighting.ts'

const GONE = new Set(['deleted', 'transferred'])

/** The items of a list or of the answer of a search, and the value itself where it is none. */
export const itemsOfPayload = (value: unknown): readonly unknown[] => {
  const items = fieldsOf(value)?.['items']
  return Array.isArray(items) ? items : [value]
}

/** An issue or comment of a list, the body of a webhook, or an entry of the events of a repository. */
export const readItem: ItemReader = (value, context) => {
  const item = fieldsOf(value)
  if (item === undefined) return undefined
  const event = fieldsOf(item['payload'])
  if (event !== undefined)
    return readItem({ repository: { full_name: fieldsOf(item['repo'])?.['name'] }, ...event }, context)
  if (isWebhook(item)) return readWebhook(item, context)
  const isComment = textOf(item['title']) === undefined && item['body'] !== undefined
  return isComment ? commentToSightings(item, {}, context) : issueToSightings(item, {}, context)
}

const isWebhook = (item: Fields): boolean =>
  fieldsOf(item['issue']) !== undefined ||
  fieldsOf(item['discussion']) !== undefined ||
  item['zen'] !== undefined ||
  fieldsOf(item['sender']) !== undefined ||
  (fieldsOf(item['repository']) !== undefined && item['title'] === undefined)

/** What is about neither issue nor discussion (a ping, a push) is no mention. */
const readWebhook: ItemReader = (value, context) => {
  const body = fieldsOf(value)
  const parent = fieldsOf(body?.['issue']) ?? fieldsOf(body?.['discussion'])
  if (parent === undefined) return []
  const action = textOf(body?.['action']) ?? ''
  const isDeleted = GONE.has(action)
  const isEdited = action === 'edited'
  const repository = textOf(fieldsOf(body?.['repository'])?.['full_name'])
  const comment = fieldsOf(body?.['comment'])
  if (comment !== undefined) return commentToSightings(comment, { isDeleted, isEdited, parent, repository }, context)
  return issueToSightings(parent, { isDeleted, isEdited, repository }, context)
}
