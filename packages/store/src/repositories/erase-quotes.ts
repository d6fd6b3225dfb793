import type { Sql } from '@outcry/contracts'
import { jsonText, storableText } from './json-text.ts'

/** Stands where somebody quoted what was erased. */
const ERASED_QUOTE = '[erased]'

/** A shorter text, such as "It is down", is said by many: taken out everywhere it would take out what others wrote. */
const MIN_QUOTED_CHARS = 20

/** Where people write what they like. */
const WRITTEN = [
  { table: 'complaint', column: 'authenticity_reason' },
  { table: 'complaint', column: 'hand_off' },
  { table: 'idempotency', column: 'response' },
  { table: 'known_event', column: 'title' },
  { table: 'mute', column: 'reason' },
  { table: 'playbook', column: 'body' },
  { table: 'statement', column: 'body' },
  { table: 'statement', column: 'facts' },
  { table: 'timeline', column: 'body' },
] as const

/**
 * Takes whole texts of posts out of what people wrote: statements, notes, reasons. Answers in how many rows, by table;
 * zeros are left out. What quotes a part of a text is not found.
 */
export const eraseQuotes = async (tx: Sql, texts: readonly string[]): Promise<Record<string, number>> => {
  const quoted = texts.map(storableText).filter((text) => text.length >= MIN_QUOTED_CHARS)
  if (quoted.length === 0) return {}
  const escaped = quoted.map((text) => JSON.stringify(text).slice(1, -1))
  const erased: Record<string, number> = {}
  for (const { table, column } of WRITTEN) {
    const { rows } = await tx.query<{ place: string; said: unknown }>(
      `SELECT ctid::text AS place, to_jsonb(${column}) AS said FROM outcry.${table}
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS quote WHERE position(quote IN to_jsonb(${column})::text) > 0)
       ORDER BY ctid FOR UPDATE`,
      [escaped],
    )
    for (const { place, said } of rows) {
      await tx.query(
        `UPDATE outcry.${table} AS written SET ${column} = kept.${column}
         FROM jsonb_populate_record(NULL::outcry.${table}, $2::jsonb) AS kept WHERE written.ctid = $1::tid`,
        [place, jsonText({ [column]: without(said, quoted) })],
      )
    }
    if (rows.length > 0) erased[table] = (erased[table] ?? 0) + rows.length
  }
  return erased
}

const withoutQuote = (text: string, quote: string): string => {
  const kept = text.replaceAll(quote, ERASED_QUOTE)
  const said = words(quote)
  // An answer that was kept has it in markup too. What hardly has a letter is in the words of everybody.
  return said.length >= MIN_QUOTED_CHARS && words(kept).includes(said) ? ERASED_QUOTE : kept
}

/** What markup leaves of a text: its letters and digits. */
const words = (text: string): string => text.replaceAll(/&#?\w+;|[^\p{L}\p{N}]/gu, '')

const without = (said: unknown, quoted: readonly string[]): unknown => {
  if (typeof said === 'string') return quoted.reduce(withoutQuote, said)
  if (Array.isArray(said)) return said.map((one) => without(one, quoted))
  if (said === null || typeof said !== 'object') return said
  return Object.fromEntries(Object.entries(said).map(([key, member]) => [key, without(member, quoted)]))
}
