import type { Sql } from '@outcry/contracts'
import { withoutMentions } from './forget-mentions.ts'
import { jsonText, storableText } from './json-text.ts'
import { keepCounts } from './keep-counts.ts'

/** A message that a target took, or may have taken, about an issue that an erased mention was evidence of. */
export type SentMessage = {
  /** Of the delivery, which is also the webhook id that the target saw. */
  id: string
  target: string
  brand: string
  issueId: string
  /** Where the target knows the issue by it. */
  dedupKey: string
  /** Null where it was tried and nobody knows yet whether it arrived. */
  sentAtMs: number | null
}

/** How many rows hold mentions, by table, and the messages that no database can call back. */
export type MentionTraces = { rows: Record<string, number>; sent: SentMessage[] }

/** Where mentions are quoted, in the order in which everyone locks. */
const QUOTING = [
  { table: 'issue_event', key: 'id', column: 'body' },
  { table: 'issue', key: 'id', column: 'body' },
  { table: 'alert', key: 'id', column: 'body' },
  { table: 'delivery', key: 'id', column: 'body' },
  { table: 'cluster', key: 'id', column: 'body' },
  { table: 'timeline', key: 'id', column: 'body' },
  { table: 'command', key: 'id', column: 'body' },
  { table: 'idempotency', key: 'ctid', column: 'response' },
] as const

const QUOTES = (column: string) => `EXISTS (
  SELECT FROM jsonb_path_query(${column}, 'strict $.** ? (@.type() == "string")') AS said (word)
  WHERE word #>> '{}' = ANY($1::text[]))`

/**
 * What holds mentions now, of every brand. It reads the tables whole, so that it also finds what outlived the rows that
 * lead to it: for what a person asks, not for each deletion of a stream.
 */
export const traceMentions = async (sql: Sql, mentionIds: readonly string[]): Promise<MentionTraces> => {
  const ids = mentionIds.map(storableText)
  if (ids.length === 0) return { rows: {}, sent: [] }
  const rows: Record<string, number> = {
    mention: await count(sql, 'mention', 'id = ANY($1::text[])', ids),
    complaint: await count(sql, 'complaint', 'mention_id = ANY($1::text[])', ids),
  }
  for (const { table, column } of QUOTING) rows[table] = await count(sql, table, QUOTES(column), ids)
  return { rows, sent: await messagesAbout(sql, ids) }
}

const count = async (sql: Sql, table: string, where: string, ids: readonly string[]): Promise<number> => {
  const { rows } = await sql.query<{ held: number }>(
    `SELECT count(*)::int AS held FROM outcry.${table} WHERE ${where}`,
    [ids],
  )
  return rows[0]!.held
}

/** Erases rows of mentions and every quote of them at once, whether or not a detector has read of it. Counts stay. */
export const eraseMentions = async (tx: Sql, mentionIds: readonly string[]): Promise<void> => {
  const ids = mentionIds.map(storableText)
  if (ids.length === 0) return
  // No decision under way writes back what it read before.
  await tx.query('SELECT FROM outcry.brand_alerting ORDER BY brand FOR UPDATE')
  const { rows } = await tx.query<{ id: string }>(
    'SELECT DISTINCT issue_id AS id FROM outcry.mention WHERE id = ANY($1::text[]) AND issue_id IS NOT NULL ORDER BY id',
    [ids],
  )
  await keepCounts(
    tx,
    rows.map(({ id }) => id),
  )
  await tx.query(
    `DELETE FROM outcry.mention WHERE (brand, id) IN (
       SELECT brand, id FROM outcry.mention WHERE id = ANY($1::text[]) ORDER BY brand, id FOR UPDATE)`,
    [ids],
  )
  for (const place of QUOTING) await unquote(tx, place, ids)
}

const unquote = async (
  tx: Sql,
  { table, key, column }: (typeof QUOTING)[number],
  ids: readonly string[],
): Promise<void> => {
  const { rows } = await tx.query<{ key: string; said: unknown }>(
    `SELECT ${key}::text AS key, ${column} AS said FROM outcry.${table} WHERE ${QUOTES(column)} ORDER BY ${key} FOR UPDATE`,
    [ids],
  )
  const gone = new Set(ids)
  for (const row of rows) {
    await tx.query(`UPDATE outcry.${table} SET ${column} = $2 WHERE ${key} = $1::${key === 'ctid' ? 'tid' : 'text'}`, [
      row.key,
      jsonText(withoutMentions(row.said, gone)),
    ])
  }
}

const messagesAbout = async (sql: Sql, ids: readonly string[]): Promise<SentMessage[]> => {
  const { rows } = await sql.query<SentMessage>(
    `SELECT id, target, brand, issue_id AS "issueId", dedup_key AS "dedupKey",
       CASE WHEN state = 'delivered' THEN (extract(epoch FROM finished_at) * 1000)::bigint END AS "sentAtMs"
     FROM outcry.delivery WHERE (state = 'delivered' OR attempts > 0) AND issue_id IN (
       SELECT issue_id FROM outcry.mention WHERE id = ANY($1::text[]) AND issue_id IS NOT NULL
       UNION SELECT id FROM outcry.issue WHERE ${QUOTES('body')}
       UNION SELECT issue_id FROM outcry.issue_event WHERE ${QUOTES('body')}
       UNION SELECT issue_id FROM outcry.alert WHERE ${QUOTES('body')})
     ORDER BY created_at, id`,
    [ids],
  )
  return rows
}
