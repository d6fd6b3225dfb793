import { createGuard } from '@outcry/contracts'
import { createParser } from 'eventsource-parser'
import { Type } from 'typebox'
import { parseJson } from '../file/parse-json-line.ts'
import type { ParseContext, ParseResult, Reject } from '../connector.ts'
import { jsonPayload } from '../json-payload.ts'
import { deletionToSighting, isStatus, originOf, statusToSighting, type Status } from './status-to-sighting.ts'

/** What an instance said of its posts; `other`: something that is about none. */
export type Told =
  | { kind: 'status'; status: Status; tag: string | null }
  | { kind: 'deletion'; statusId: string }
  | { kind: 'error'; status: number; message: string }
  | { kind: 'other' }
  | { kind: 'unreadable'; reject: Reject }

const isFrame = createGuard(Type.Object({ event: Type.String(), payload: Type.Optional(Type.Unknown()) }))
const isStreamName = createGuard(Type.Object({ stream: Type.Array(Type.String()) }))
const isError = createGuard(Type.Object({ error: Type.String(), status: Type.Integer() }))
const isSearch = createGuard(Type.Object({ statuses: Type.Array(Type.Unknown()) }))
const isThread = createGuard(
  Type.Object({ ancestors: Type.Array(Type.Unknown()), descendants: Type.Array(Type.Unknown()) }),
)
const isNotification = createGuard(
  Type.Object({ type: Type.String(), account: Type.Unknown(), status: Type.Optional(Type.Unknown()) }),
)
/** Of the others the post is one's own. */
const BRINGS_POST = new Set(['mention', 'status', 'update', 'quote', 'quoted_update'])
/** What an administrator's webhook sends. */
const isHook = createGuard(Type.Object({ event: Type.String(), object: Type.Unknown() }))
/** The answer to a deletion by its author: the post as it was, with the text as it was typed and without its HTML. */
const isSourced = createGuard(Type.Object({ id: Type.String(), text: Type.String(), account: Type.Unknown() }))
const STATUS_ID = /^[\w-]{1,64}$/
const IS_SSE = /^\uFEFF?\s*(?::|(?:event|data|id|retry) ?:)/

/** An event of a stream, whichever way it came. Events about other things than posts are passed over. */
const toldByEvent = (event: string, payload: unknown, tag: string | null, bytes: Uint8Array): Told => {
  if (event === 'delete') {
    const statusId = typeof payload === 'string' || typeof payload === 'number' ? String(payload).trim() : ''
    return STATUS_ID.test(statusId) ? { kind: 'deletion', statusId } : unreadable('deletes no status', bytes)
  }
  if (event !== 'update' && event !== 'status.update') return { kind: 'other' }
  const parsed = typeof payload === 'string' ? parseJson(payload) : { ok: true as const, value: payload }
  if (!parsed.ok) return unreadable(`has a payload that ${parsed.message}`, bytes, 'not_json')
  return isStatus(parsed.value) ? { kind: 'status', status: parsed.value, tag } : unreadable('is no status', bytes)
}

/** One message of the websocket. */
export const toldByMessage = (bytes: Uint8Array): Told[] => {
  const { values, rejects } = jsonPayload(bytes)
  return [...values.flatMap(({ value, bytes: own }) => toldByValue(value, own)), ...rejects.map(asTold)]
}

/** A status, a list of them, a search result, a thread, a notification, or a message of the websocket or of a webhook. */
const toldByValue = (value: unknown, bytes: Uint8Array): Told[] => {
  if (isStatus(value)) return [{ kind: 'status', status: value, tag: null }]
  if (isSourced(value) && !('content' in value))
    return toldByValue({ ...value, content: escapeHtml(value.text) }, bytes)
  if (isHook(value)) return [toldByHook(value.event, value.object, bytes)]
  if (isFrame(value)) return [toldByEvent(value.event, value.payload, tagOf(value), bytes)]
  if (isError(value)) return [{ kind: 'error', status: value.status, message: value.error.slice(0, 200) }]
  if (isSearch(value)) return toldByAll(value.statuses)
  if (isThread(value)) return toldByAll([...value.ancestors, ...value.descendants])
  if (isNotification(value)) return BRINGS_POST.has(value.type) ? toldByValue(value.status, bytes) : [{ kind: 'other' }]
  return [unreadable('is no status', bytes)]
}

const toldByAll = (values: readonly unknown[]): Told[] => values.flatMap((value) => toldByValue(value, encoded(value)))

const toldByHook = (event: string, object: unknown, bytes: Uint8Array): Told => {
  if (event !== 'status.created' && event !== 'status.updated') return { kind: 'other' }
  return isStatus(object) ? { kind: 'status', status: object, tag: null } : unreadable('is no status', bytes)
}

const tagOf = (frame: unknown): string | null =>
  isStreamName(frame) && frame.stream[0]?.startsWith('hashtag') === true ? (frame.stream[1] ?? null) : null

const toldByEventStream = (text: string): Told[] => {
  const told: Told[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => void told.push(toldByEvent(event ?? 'message', data, null, Buffer.from(data))),
  })
  parser.feed(text)
  // The last event of a recording may lack the empty line that ends it.
  parser.feed('\n\n')
  return told
}

/** What one recorded payload says: JSON of the API, JSON lines, messages of the websocket or server-sent events. */
const toldByPayload = (bytes: Uint8Array): Told[] => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return IS_SSE.test(text) ? toldByEventStream(text) : toldByMessage(bytes)
}

/**
 * Reads a recorded payload. Which instance recorded it is told by the posts of its own users; where there is none,
 * posts count for the instance they were written on.
 */
export const parsePayload = (bytes: Uint8Array, context: ParseContext): ParseResult => {
  const told = toldByPayload(bytes)
  const local = told.find((each) => each.kind === 'status' && !each.status.account.acct.includes('@'))
  const recordedBy = local?.kind === 'status' ? originOf(local.status) : undefined
  const result: ParseResult = { sightings: [], rejects: [] }
  for (const each of told) {
    if (each.kind === 'status') {
      const instance = recordedBy ?? originOf(each.status) ?? 'unknown'
      const sighting = statusToSighting(each.status, instance, context)
      if (sighting !== null) result.sightings.push(sighting)
    } else if (each.kind === 'deletion')
      result.sightings.push(deletionToSighting(each.statusId, recordedBy ?? 'unknown', context))
    else if (each.kind === 'unreadable') result.rejects.push(each.reject)
    else if (each.kind === 'error') result.rejects.push(unreadable(`is an error: ${each.message}`, bytes).reject)
  }
  return result
}

const unreadable = (detail: string, bytes: Uint8Array, reason: Reject['reason'] = 'unknown_shape') => ({
  kind: 'unreadable' as const,
  reject: { reason, detail, bytes },
})

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')

const asTold = (reject: Reject): Told => ({ kind: 'unreadable', reject })

const encoded = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value) ?? 'null')
