import type { Sql, SqlPool } from '@outcry/contracts'
import { patientTransaction } from '../pool/patient-transaction.ts'
import { lockBrandAlerting } from './alerting-state.ts'
import { answersHolding, eraseAnswers } from './erase-answers.ts'
import { withoutMentions } from './forget-mentions.ts'
import { storableText } from './json-text.ts'
import { keepCountsOf } from './keep-counts.ts'
import { rewriteRows } from './rewrite-rows.ts'

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

/**
 * Where mentions are quoted, all in the body, and the column that names the issue whose evidence they then are. What
 * others are made of comes before them, so that none is made anew of what was erased.
 */
const QUOTING = [
  { table: 'issue_event', issue: 'issue_id' },
  { table: 'command', issue: 'NULL' },
  { table: 'issue', issue: 'id' },
  { table: 'alert', issue: 'issue_id' },
  { table: 'delivery', issue: 'NULL' },
  { table: 'cluster', issue: 'NULL' },
  { table: 'timeline', issue: 'NULL' },
] as const

const QUOTES = `EXISTS (
  SELECT FROM jsonb_path_query(body, 'strict $.** ? (@.type() == "string")') AS quoted (word)
  WHERE word #>> '{}' = ANY($1::text[]))`

/**
 * What holds mentions now, of every brand. It reads the tables whole, so that it also finds what outlived the rows that
 * lead to it: for what a person asks, not for each deletion of a stream.
 */
export const traceMentions = async (sql: Sql, mentionIds: readonly string[]): Promise<MentionTraces> => {
  const ids = mentionIds.map(storableText)
  if (ids.length === 0) return { rows: {}, sent: [] }
  const rows: Record<string, number> = { idempotency: await answersHolding(sql, ids) }
  const issues = new Set<string>()
  for (const { table, issue, where } of [
    { table: 'mention', issue: 'issue_id', where: 'id = ANY($1::text[])' },
    { table: 'complaint', issue: 'NULL', where: 'mention_id = ANY($1::text[])' },
    ...QUOTING.map((place) => ({ ...place, where: QUOTES })),
  ]) {
    const held = await sql.query<{ issue: string | null; rows: number }>(
      `SELECT ${issue} AS issue, count(*)::int AS rows FROM outcry.${table} WHERE ${where} GROUP BY 1`,
      [ids],
    )
    rows[table] = held.rows.reduce((sum, one) => sum + one.rows, 0)
    for (const one of held.rows) if (one.issue !== null) issues.add(one.issue)
  }
  return { rows, sent: await messagesAbout(sql, [...issues]) }
}

/**
 * Erases rows of mentions and every quote of them, whether or not a detector has read of it. Counts stay. One brand
 * after another, and each locked for moments: other decisions go on.
 */
export const eraseMentions = async (pool: SqlPool, mentionIds: readonly string[]): Promise<void> => {
  const ids = mentionIds.map(storableText)
  if (ids.length === 0) return
  const { rows: brands } = await pool.query<{ brand: string }>(
    'SELECT DISTINCT brand FROM outcry.mention WHERE id = ANY($1::text[]) ORDER BY brand',
    [ids],
  )
  for (const { brand } of brands) await patientTransaction(pool, (tx) => eraseRows(tx, brand, ids))
  const gone = new Set(ids)
  const rewrite = (said: unknown) => withoutMentions(said, gone)
  for (const { table } of QUOTING)
    await rewriteRows(pool, { table, column: 'body', ofBrand: true, holds: QUOTES, wanted: ids, rewrite })
  await eraseAnswers(pool, ids)
}

const eraseRows = async (tx: Sql, brand: string, ids: readonly string[]): Promise<void> => {
  // No decision under way writes back what it read before.
  await lockBrandAlerting(tx, brand)
  await keepCountsOf(tx, brand, ids)
  await tx.query(
    `DELETE FROM outcry.mention WHERE brand = $1 AND id IN (
       SELECT id FROM outcry.mention WHERE brand = $1 AND id = ANY($2::text[]) ORDER BY id FOR UPDATE)`,
    [brand, ids],
  )
}

const messagesAbout = async (sql: Sql, issueIds: readonly string[]): Promise<SentMessage[]> => {
  const { rows } = await sql.query<SentMessage>(
    `SELECT id, target, brand, issue_id AS "issueId", dedup_key AS "dedupKey",
       CASE WHEN state = 'delivered' THEN (extract(epoch FROM finished_at) * 1000)::bigint END AS "sentAtMs"
     FROM outcry.delivery WHERE (state = 'delivered' OR attempts > 0) AND issue_id = ANY($1::text[])
     ORDER BY created_at, id`,
    [issueIds],
  )
  return rows
}
