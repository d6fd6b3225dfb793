import { isUtf8 } from 'node:buffer'
import type { Reject, Sighting } from '../connector.ts'
import { MENTION_FIELDS, type FieldMap, type MentionField } from '../file/field-map.ts'
import { parseJson, parseJsonLine } from '../file/parse-json-line.ts'
import { cellOf, rowToMention } from '../file/row-to-mention.ts'
import { isAbsent } from '../file/row-value.ts'
import type { KafkaSourceConfig } from './kafka-config.ts'

/** A record as the broker has it. `timestamp` in epoch ms, 0 where it has none. */
export type TopicRecord = {
  topic: string
  partition: number
  offset: number
  key: Uint8Array | null
  value: Uint8Array | null
  timestamp: number
}

export type ReadRecord = { ok: true; sighting: Sighting } | { ok: false; reject: Reject }

type RecordRules = Pick<KafkaSourceConfig, 'idFromKey' | 'keyPath' | 'timeUnit' | 'brand' | 'kind'> & { map: FieldMap }
type RecordContext = { source: string; observedAt: number; hashAuthor: (id: string) => string }

const MAX_RECORD_BYTES = 1_048_576
const MAX_ID_CHARS = 512
/** Read under their own names also where a mapping does not name them. */
const ALWAYS_READ: ReadonlySet<MentionField> = new Set(['id', 'text', 'createdAt'])
/** How Debezium says what was done. */
const OPS = new Map<unknown, string>([
  ['c', 'create'],
  ['r', 'create'],
  ['u', 'update'],
  ['d', 'delete'],
])
const UNIT_MS = { seconds: 1_000, milliseconds: 1, microseconds: 0.001 }
/** What serializers of schema registries put before the value: a zero and four bytes of the schema's id. */
const FRAME_BYTES = 5

/** One record, as a mention `kafka:<topic>:<id>`; what is none names its place in the topic. */
export const readRecord = (record: TopicRecord, rules: RecordRules, context: RecordContext): ReadRecord => {
  const value = unframed(record.value)
  const refuse = (reason: Reject['reason'], detail: string): ReadRecord => {
    const place = `${record.topic}[${record.partition}]@${record.offset}`
    return { ok: false, reject: { reason, detail: `${place}: ${detail}`, bytes: record.value ?? record.key ?? EMPTY } }
  }
  if (value !== null && value.byteLength > MAX_RECORD_BYTES)
    return refuse('too_long', `is longer than ${MAX_RECORD_BYTES} bytes`)
  if (value !== null && !isUtf8(value))
    return refuse('not_utf8', 'is not UTF-8; only JSON is read, no Avro or Protobuf')
  const keyId = rules.idFromKey ? idOfKey(record.key, rules.keyPath) : undefined
  if (value === null && keyId === undefined)
    return refuse('invalid_field', 'has no value, and no key that is an id: what it deletes is not known')
  const parsed = value === null ? { ok: true as const, value: { op: 'delete' } } : parseJsonLine(textOf(value), true)
  if (!parsed.ok) return refuse('not_json', parsed.message)
  const row = value === null ? { op: 'delete' } : rowOf(parsed.value, rules)
  if (isAbsent(row['id'])) row['id'] = keyId
  if (isAbsent(row['createdAt']) && record.timestamp > 0) row['createdAt'] = record.timestamp
  if (isAbsent(row['kind'])) row['kind'] = rules.kind
  const { source, observedAt, hashAuthor } = context
  const defaults = rules.brand === undefined ? { source } : { source, brand: rules.brand }
  const read = rowToMention(row, { map: NO_MAP, defaults, needs: 'text', observedAt, hashAuthor })
  if (!read.ok) return refuse('invalid_field', `${read.fault.field} ${read.fault.message}`)
  const { mention, brand } = read
  const scoped = (id: string) => `kafka:${record.topic}:${id}`
  mention.id = scoped(mention.id)
  mention.eventTime = Math.min(mention.createdAt ?? observedAt, observedAt)
  if (mention.id.length > MAX_ID_CHARS) return refuse('invalid_field', 'id is too long')
  for (const field of ['parentId', 'repostOf', 'quoteOf'] as const) {
    const id = mention[field]
    if (id === undefined) continue
    if (scoped(id).length > MAX_ID_CHARS) delete mention[field]
    else mention[field] = scoped(id)
  }
  return { ok: true, sighting: brand === null ? { mention } : { mention, brand } }
}

const NO_MAP: FieldMap = new Map()
const EMPTY = new Uint8Array()

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')

const unframed = (value: Uint8Array | null): Uint8Array | null =>
  value !== null && value[0] === 0 && value[FRAME_BYTES] === OPEN_BRACE ? value.subarray(FRAME_BYTES) : value
const OPEN_BRACE = 0x7b

/** The fields of a value, each under its own name. */
const rowOf = (value: Record<string, unknown>, { map, timeUnit }: RecordRules): Record<string, unknown> => {
  const row: Record<string, unknown> = map.size === 0 ? { ...value } : {}
  if (map.size > 0)
    for (const field of MENTION_FIELDS)
      if (map.has(field) || ALWAYS_READ.has(field)) row[field] = cellOf(value, field, map)
  if (map.has('op')) row['op'] = OPS.get(row['op']) ?? row['op']
  const { createdAt } = row
  if (typeof createdAt === 'number' || (typeof createdAt === 'string' && /^\d+$/.test(createdAt)))
    row['createdAt'] = Number(createdAt) * UNIT_MS[timeUnit]
  return row
}

/** The id in a key: plain text, or JSON of which it is the whole or a part. */
const idOfKey = (key: Uint8Array | null, path: string | undefined): string | undefined => {
  const bytes = unframed(key)
  if (bytes === null || bytes.byteLength === 0 || !isUtf8(bytes)) return undefined
  const text = textOf(bytes)
  const json = parseJson(text)
  if (path !== undefined) {
    if (!json.ok || json.value === null || typeof json.value !== 'object') return undefined
    return idIn(cellOf(json.value as Record<string, unknown>, 'id', new Map([['id', path]])))
  }
  return json.ok && typeof json.value === 'string' ? json.value : text
}

const idIn = (cell: unknown): string | undefined =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell) : undefined
