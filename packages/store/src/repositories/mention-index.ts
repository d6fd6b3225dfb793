import type { Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'
import type { SourceFence } from './source-state.ts'

/** Which brands a mention went to, so that its edits and deletion find them. Keys are keyed hashes. */
export type MentionIndexRow = {
  mentionKey: Uint8Array
  authorKey: Uint8Array | null
  mentionId: string
  brands: string[]
  rev: string
  eventTimeMs: number
  expiresAtMs: number
}

const COLUMNS = `mention_key AS "mentionKey", author_key AS "authorKey", mention_id AS "mentionId", brands, rev,
  event_time_ms AS "eventTimeMs", (extract(epoch FROM expires_at) * 1000)::bigint AS "expiresAtMs"`

const bytes = (key: Uint8Array): Buffer => Buffer.from(key.buffer, key.byteOffset, key.byteLength)
const hex = (key: Uint8Array): string => bytes(key).toString('hex')

/** The rows of these mentions that are known; order is not that of the keys. */
export const lookUpMentions = async (sql: Sql, keys: readonly Uint8Array[]): Promise<MentionIndexRow[]> => {
  if (!keys.length) return []
  const { rows } = await sql.query<MentionIndexRow>(
    `SELECT ${COLUMNS} FROM outcry.mention_index WHERE mention_key = ANY($1::bytea[])`,
    [keys.map(bytes)],
  )
  return rows
}

/** Everything known by one author. */
export const lookUpAuthor = async (sql: Sql, authorKey: Uint8Array): Promise<MentionIndexRow[]> => {
  const { rows } = await sql.query<MentionIndexRow>(
    `SELECT ${COLUMNS} FROM outcry.mention_index WHERE author_key = $1 ORDER BY mention_key`,
    [bytes(authorKey)],
  )
  return rows
}

/**
 * Stores or replaces; of two rows with one key the later in the array counts. Behind a `fence` only while the source is
 * in these hands: an owner that was frozen must not put back what another has replaced. False: it is not, and nothing
 * was stored.
 */
export const upsertMentionIndex = async (
  sql: Sql,
  rows: readonly MentionIndexRow[],
  fence: SourceFence | null = null,
): Promise<boolean> => {
  if (!rows.length) return true
  const latest = new Map(rows.map((row) => [hex(row.mentionKey), row]))
  // One order of locks for all writers, so that two batches never wait for each other.
  const ordered = [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  const { rowCount } = await sql.query(
    `WITH fence AS MATERIALIZED (
       SELECT 1 FROM outcry.source_state WHERE source = $2 AND epoch = $3 FOR SHARE
     )
     INSERT INTO outcry.mention_index (mention_key, author_key, mention_id, brands, rev, event_time_ms, expires_at)
     SELECT decode(key, 'hex'), decode(author, 'hex'), id,
       ARRAY(SELECT jsonb_array_elements_text(brands)), rev, event_time, to_timestamp(expires_at / 1000.0)
     FROM jsonb_to_recordset($1) AS row
       (key text, author text, id text, brands jsonb, rev text, event_time bigint, expires_at bigint)
     WHERE $2::text IS NULL OR EXISTS (SELECT 1 FROM fence)
     ON CONFLICT (mention_key) DO UPDATE SET
       author_key = excluded.author_key, mention_id = excluded.mention_id, brands = excluded.brands,
       rev = excluded.rev, event_time_ms = excluded.event_time_ms, expires_at = excluded.expires_at`,
    [
      jsonText(
        ordered.map(([key, row]) => ({
          key,
          author: row.authorKey && hex(row.authorKey),
          id: row.mentionId,
          brands: row.brands,
          rev: row.rev,
          event_time: row.eventTimeMs,
          expires_at: row.expiresAtMs,
        })),
      ),
      fence?.source ?? null,
      fence?.epoch ?? null,
    ],
  )
  return (rowCount ?? 0) > 0
}

/** Ids of mentions of a connector that the index lets go in a span of time, epoch ms, and that some brand still has. */
export const listOldMentions = async (
  sql: Sql,
  options: { connector: string; expires: { fromMs: number; beforeMs: number }; limit: number },
): Promise<string[]> => {
  const { connector, expires, limit } = options
  const { rows } = await sql.query<{ id: string }>(
    `SELECT mention_id AS id FROM outcry.mention_index
     WHERE expires_at >= to_timestamp($2::float8 / 1000) AND expires_at < to_timestamp($3::float8 / 1000)
       AND starts_with(mention_id, $1) AND brands <> '{}'
     ORDER BY expires_at LIMIT $4`,
    [`${connector}:`, expires.fromMs, expires.beforeMs, limit],
  )
  return rows.map(({ id }) => id)
}
