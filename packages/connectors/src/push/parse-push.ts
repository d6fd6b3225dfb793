import { isUtf8 } from 'node:buffer'
import type { Fault } from '@outcry/contracts'
import type { ParseContext, Sighting } from '../connector.ts'
import { createMentionReader } from '../file/mention-reader.ts'
import { parseJson } from '../file/parse-json-line.ts'
import { rowToMention } from '../file/row-to-mention.ts'

/** Most mentions of one push. */
const MAX_ITEMS = 1_000
const MAX_FAULTS = 50

export type ParsedPush = { ok: true; sightings: Sighting[] } | { ok: false; faults: Fault[] }

/**
 * One mention, an array of mentions, or JSON lines, in the format of the file source. All or nothing: the sender gets
 * every fault with its item (`[3].createdAt`) and sends the push again whole.
 */
export const parsePush = (body: Uint8Array, context: ParseContext): ParsedPush => {
  if (!isUtf8(body)) return refused({ path: '', message: 'is not UTF-8', fix: 'Send JSON in UTF-8.' })
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8').trim()
  if (text === '') return refused({ path: '', message: 'is empty', fix: 'Send one mention, an array, or JSON lines.' })
  const parsed = parseJson(text)
  if (!parsed.ok) return text.includes('\n') ? parseLines(body, context) : refused({ path: '', ...parsed })
  const items = Array.isArray(parsed.value) ? parsed.value : [parsed.value]
  const prefix = (at: number) => (Array.isArray(parsed.value) ? `[${at}]` : '')
  if (items.length > MAX_ITEMS) return refused(tooMany(items.length))
  const sightings: Sighting[] = []
  const faults: Fault[] = []
  for (const [at, item] of items.entries()) {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) {
      faults.push({ path: prefix(at), message: 'is no object', fix: 'Send {"id":…,"text":…,"createdAt":…}.' })
      continue
    }
    const row = rowToMention(item as Record<string, unknown>, {
      map: NO_MAP,
      defaults: { source: context.source },
      needs: 'mention',
      observedAt: context.observedAt,
      hashAuthor: context.hashAuthor,
    })
    if (row.ok)
      sightings.push(row.brand === null ? { mention: row.mention } : { mention: row.mention, brand: row.brand })
    else faults.push({ path: joined(prefix(at), row.fault.field), message: row.fault.message, fix: row.fault.fix })
  }
  return faults.length > 0 ? { ok: false, faults: faults.slice(0, MAX_FAULTS) } : { ok: true, sightings }
}

const NO_MAP = new Map<never, string>()

const parseLines = (body: Uint8Array, { source, observedAt, hashAuthor }: ParseContext): ParsedPush => {
  const reader = createMentionReader({ format: 'jsonl', file: 'body', defaults: { source }, observedAt, hashAuthor })
  const rows = [...reader.push(body), ...reader.end()]
  if (rows.length > MAX_ITEMS) return refused(tooMany(rows.length))
  const faults = rows.flatMap((row) =>
    row.ok
      ? []
      : [{ path: joined(`line ${row.line}`, row.fault.field), message: row.fault.message, fix: row.fault.fix }],
  )
  if (faults.length > 0) return { ok: false, faults: faults.slice(0, MAX_FAULTS) }
  return {
    ok: true,
    sightings: rows.flatMap((row) =>
      row.ok ? [row.brand === null ? { mention: row.mention } : { mention: row.mention, brand: row.brand }] : [],
    ),
  }
}

const joined = (prefix: string, field: string): string => (prefix && field ? `${prefix}.${field}` : prefix || field)

const refused = ({ path, message, fix }: Fault): ParsedPush => ({ ok: false, faults: [{ path, message, fix }] })

const tooMany = (count: number): Fault => ({
  path: '',
  message: `has ${count} mentions, at most ${MAX_ITEMS} are taken at once`,
  fix: 'Send them in several pushes.',
})
