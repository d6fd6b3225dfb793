import type { ParseContext, ParseResult, Reject, Sighting } from '../connector.ts'
import { type Fields, fieldsOf, itemsOf, textOf } from '../fields.ts'
import { jsonPayload } from '../json-payload.ts'
import { deletionToSighting, type Included, postIdOf, postToSighting } from './post-to-sighting.ts'

const NOTHING: Included = { posts: new Map(), users: new Map() }
const ENVELOPE = ['data', 'includes', 'meta', 'errors']
/** Not there any more, or not for everyone: deleted, suspended, made private. */
const GONE = /\/(?:resource-not-found|not-authorized-for-resource)$/
const ASKED_BY = new Set(['id', 'ids'])

/**
 * Reads what the API gives: a page of posts, one post, a line of the stream, a bare post; and of deletions, ids that were
 * asked for and are not there, events of the compliance stream and results of compliance jobs.
 */
export const readAnswer = (value: unknown, context: ParseContext): ParseResult => {
  const answer = fieldsOf(value)
  const isEnvelope = answer !== undefined && ENVELOPE.some((name) => Object.hasOwn(answer, name))
  if (!isEnvelope) return readEach([value], NOTHING, context)
  const data = answer['data'] ?? []
  const read = readEach(Array.isArray(data) ? data : [data], includedIn(answer), context)
  const gone = missingIn(answer).map((id) => deletionToSighting(id, context))
  const isRefusal = itemsOf(answer['errors']).length > 0 && read.sightings.length + gone.length === 0
  const refusal = isRefusal && answer['data'] === undefined ? [rejectOf(value, errorTold(answer))] : []
  return { sightings: [...read.sightings, ...gone], rejects: [...read.rejects, ...refusal] }
}

/** Reads recorded answers: one, several as JSON lines, or an array of posts. */
export const parseAnswers = (bytes: Uint8Array, context: ParseContext): ParseResult => {
  const { values, rejects } = jsonPayload(bytes)
  const read = values.map(({ value }) => readAnswer(value, context))
  return {
    sightings: read.flatMap(({ sightings }) => sightings),
    rejects: [...rejects, ...read.flatMap((each) => each.rejects)],
  }
}

/** What an answer says went wrong, in its own words. */
export const errorTold = (answer: Fields): string => {
  const error = fieldsOf(itemsOf(answer['errors'])[0])
  const words = [textOf(error?.['title']), textOf(error?.['detail']) ?? textOf(error?.['message'])]
  return words.filter((each) => each !== undefined).join(': ') || 'an error without words'
}

/** Ids of posts that were asked for and are not there, or not for everyone. */
export const missingIn = (answer: Fields): string[] =>
  itemsOf(answer['errors']).flatMap((value) => {
    const error = fieldsOf(value)
    const isMissing = GONE.test(textOf(error?.['type']) ?? '') && ASKED_BY.has(textOf(error?.['parameter']) ?? '')
    const isOfPost = (textOf(error?.['resource_type']) ?? 'tweet') === 'tweet'
    const id = postIdOf(error?.['resource_id']) ?? postIdOf(error?.['value'])
    return isMissing && isOfPost && id !== undefined ? [id] : []
  })

/** What an answer includes beside its posts. */
export const includedIn = (answer: Fields): Included => {
  const includes = fieldsOf(answer['includes'])
  return { posts: byId(includes?.['tweets']), users: byId(includes?.['users']) }
}

const byId = (values: unknown): ReadonlyMap<string, Fields> =>
  new Map(
    itemsOf(values).flatMap((value): [string, Fields][] => {
      const fields = fieldsOf(value)
      const id = textOf(fields?.['id'])
      return fields === undefined || id === undefined ? [] : [[id, fields]]
    }),
  )

const readEach = (values: readonly unknown[], included: Included, context: ParseContext): ParseResult => {
  const sightings: Sighting[] = []
  const rejects: Reject[] = []
  for (const value of values) {
    const fields = fieldsOf(value)
    if (isPrivate(fields)) continue
    const gone = fields === undefined ? undefined : deletedBy(fields)
    const sighting = gone === undefined ? postToSighting(value, included, context) : deletionToSighting(gone, context)
    if (sighting !== null) sightings.push(sighting)
    else if (!isOther(fields)) rejects.push(rejectOf(value, 'is no post of X'))
  }
  return { sightings, rejects }
}

/** The post that a compliance event or the result of a compliance job deletes. */
const deletedBy = (value: Fields): string | undefined => {
  const event = fieldsOf(value['delete']) ?? fieldsOf(value['drop'])
  if (event !== undefined) return postIdOf(fieldsOf(event['tweet'])?.['id'])
  return value['action'] === 'delete' && value['text'] === undefined ? postIdOf(value['id']) : undefined
}

/** A direct message, which is for nobody else. */
const isPrivate = (value: Fields | undefined): boolean =>
  value !== undefined && ['event_type', 'dm_conversation_id'].some((name) => Object.hasOwn(value, name))

/** Users, rules and other events of compliance are no posts by nature. */
const isOther = (value: Fields | undefined): boolean =>
  value !== undefined &&
  value['text'] === undefined &&
  ['username', 'value', 'withheld', 'undrop', 'tweet_edit', 'delete', 'drop'].some((name) => Object.hasOwn(value, name))

const rejectOf = (value: unknown, detail: string): Reject => ({
  reason: 'unknown_shape',
  detail: detail.slice(0, 200),
  bytes: Buffer.from(JSON.stringify(value) ?? 'null'),
})
