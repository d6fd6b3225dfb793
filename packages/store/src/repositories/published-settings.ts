import type { Sql, SqlPool } from '@outcry/contracts'

/** Settings records are kept track of like a consumer's positions, with the digest for an owner. */
const CONSUMER = 'settings'

/** The settings record that a partition last got: its place, its digest, and its age. */
export type PublishedSettings = { partition: number; digest: string | null; ageMs: number }

/** Runs `work` while no other process publishes settings. */
export const withSettingsLock = <T>(pool: SqlPool, work: (tx: Sql) => Promise<T>): Promise<T> =>
  pool.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('outcry settings'))`)
    return work(tx)
  })

/** What each partition of the topic last got. */
export const publishedSettings = async (sql: Sql, topic: string): Promise<PublishedSettings[]> => {
  const { rows } = await sql.query<{ partition: number; digest: string | null; age_ms: number }>(
    `SELECT partition, owner AS digest, (extract(epoch FROM now() - updated_at) * 1000)::float8 AS age_ms
     FROM outcry.partition_state WHERE consumer = $1 AND topic = $2`,
    [CONSUMER, topic],
  )
  return rows.map((row) => ({ partition: row.partition, digest: row.digest, ageMs: row.age_ms }))
}

/** Notes the settings record that a partition has now. */
export const notePublished = async (
  sql: Sql,
  { topic, partition, position, digest }: { topic: string; partition: number; position: number; digest: string },
): Promise<void> => {
  await sql.query(
    `INSERT INTO outcry.partition_state (consumer, topic, partition, position, owner) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (consumer, topic, partition) DO UPDATE SET position = $4, owner = $5, updated_at = now()`,
    [CONSUMER, topic, partition, position, digest],
  )
}
