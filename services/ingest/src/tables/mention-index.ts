import type { Sql } from '@outcry/contracts'

/** What is known of a mention: where it went, in which revision. Without brands it was deleted upstream. */
export type IndexRow = {
  mentionKey: Buffer
  authorKey: Buffer | null
  mentionId: string
  brands: string[]
  rev: string
  eventTimeMs: number
}

type StoredRow = {
  mention_key: Buffer
  author_key: Buffer | null
  mention_id: string
  brands: string[]
  rev: string
  event_time_ms: number
}

const COLUMNS = 'mention_key, author_key, mention_id, brands, rev, event_time_ms'
/** Most mentions of one account that its deletion routes at once. */
const MAX_OF_AUTHOR = 20_000

const toRow = (row: StoredRow): IndexRow => ({
  mentionKey: row.mention_key,
  authorKey: row.author_key,
  mentionId: row.mention_id,
  brands: row.brands,
  rev: row.rev,
  eventTimeMs: row.event_time_ms,
})

export const lookUpMentions = async (sql: Sql, keys: readonly Buffer[]): Promise<IndexRow[]> => {
  if (keys.length === 0) return []
  const { rows } = await sql.query<StoredRow>(
    `SELECT ${COLUMNS} FROM outcry.mention_index WHERE mention_key = ANY($1)`,
    [keys],
  )
  return rows.map(toRow)
}

export const lookUpAuthors = async (sql: Sql, authorKeys: readonly Buffer[]): Promise<IndexRow[]> => {
  if (authorKeys.length === 0) return []
  const { rows } = await sql.query<StoredRow>(
    `SELECT ${COLUMNS} FROM outcry.mention_index WHERE author_key = ANY($1) AND brands <> '{}' LIMIT ${MAX_OF_AUTHOR}`,
    [authorKeys],
  )
  return rows.map(toRow)
}

export const upsertMentionIndex = async (sql: Sql, rows: readonly IndexRow[], keepDays: number): Promise<void> => {
  if (rows.length === 0) return
  // One statement for any number of rows; brand ids hold no commas.
  await sql.query(
    `INSERT INTO outcry.mention_index (mention_key, author_key, mention_id, brands, rev, event_time_ms, expires_at)
     SELECT k, a, i, string_to_array(b, ','), r, t, now() + $7 * interval '1 day'
     FROM unnest($1::bytea[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::bigint[]) AS u (k, a, i, b, r, t)
     ON CONFLICT (mention_key) DO UPDATE SET author_key = excluded.author_key, mention_id = excluded.mention_id,
       brands = excluded.brands, rev = excluded.rev, event_time_ms = excluded.event_time_ms,
       expires_at = excluded.expires_at`,
    [
      rows.map((row) => row.mentionKey),
      rows.map((row) => row.authorKey),
      rows.map((row) => row.mentionId),
      rows.map((row) => row.brands.join(',')),
      rows.map((row) => row.rev),
      rows.map((row) => row.eventTimeMs),
      keepDays,
    ],
  )
}
