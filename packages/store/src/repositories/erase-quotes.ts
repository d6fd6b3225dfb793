import type { SqlPool } from '@outcry/contracts'
import { eraseAnswers } from './erase-answers.ts'
import { storableText } from './json-text.ts'
import { rewriteRows, type Written } from './rewrite-rows.ts'

/** Stands where somebody quoted what was erased. */
const ERASED_QUOTE = '[erased]'

/** A shorter text, such as "It is down", is said by many: taken out everywhere it would take out what others wrote. */
const MIN_QUOTED_CHARS = 20

/** Where people write what they like, and what is made of it. */
const WRITTEN: readonly Written[] = [
  { table: 'command', column: 'body', ofBrand: true },
  { table: 'issue', column: 'body', ofBrand: true },
  { table: 'alert', column: 'body', ofBrand: true },
  { table: 'delivery', column: 'body', ofBrand: true },
  { table: 'complaint', column: 'authenticity_reason', ofBrand: true },
  { table: 'complaint', column: 'hand_off', ofBrand: true },
  { table: 'known_event', column: 'title', ofBrand: false },
  { table: 'mute', column: 'reason', ofBrand: true },
  { table: 'playbook', column: 'body', ofBrand: false },
  { table: 'statement', column: 'body', ofBrand: true },
  { table: 'statement', column: 'facts', ofBrand: true },
  { table: 'timeline', column: 'body', ofBrand: true },
]

/** Quotes posts, maybe of others who said the same, and goes with them. */
const EVIDENCE = 'evidence'

const QUOTES = 'EXISTS (SELECT FROM unnest($1::text[]) AS quote WHERE position(quote IN said) > 0)'

/**
 * Takes whole texts of posts out of what people wrote: statements, notes, reasons. Answers in how many rows, by table;
 * zeros are left out. What quotes a part of a text is not found.
 */
export const eraseQuotes = async (pool: SqlPool, texts: readonly string[]): Promise<Record<string, number>> => {
  const quoted = texts.map(storableText).filter((text) => text.length >= MIN_QUOTED_CHARS)
  if (quoted.length === 0) return {}
  const wanted = quoted.map((text) => JSON.stringify(text).slice(1, -1))
  const erased = new Map([['idempotency', await eraseAnswers(pool, quoted)]])
  const rewrite = (said: unknown) => without(said, quoted)
  for (const place of WRITTEN) {
    const rows = await rewriteRows(pool, { ...place, holds: QUOTES, wanted, rewrite })
    erased.set(place.table, (erased.get(place.table) ?? 0) + rows)
  }
  return Object.fromEntries([...erased].filter(([, rows]) => rows > 0))
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
  return Object.fromEntries(
    Object.entries(said).map(([key, member]) => [key, key === EVIDENCE ? member : without(member, quoted)]),
  )
}
