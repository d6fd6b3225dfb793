import type { Sql } from '@outcry/contracts'

/** Records that left the log before the detector had read them, or a log that was replaced by another one. */
export type LogGap = {
  topic: string
  partition: number
  /** The position to read next, and the one that reading went on at. */
  wanted: number
  first: number
  /** Records known to be missing; 0 where the log was replaced, which hides their number. */
  lost: number
  replaced: boolean
  /** Wall time of the discovery, epoch ms. */
  atMs: number
}

/** The gaps of one partition, and whose mentions they concern. */
export type PartitionGaps = Pick<LogGap, 'partition' | 'lost' | 'replaced'> & {
  gaps: number
  /** When the first and the last of them were found, epoch ms. */
  firstAtMs: number
  lastAtMs: number
  brands: string[]
}

/** Keeps a gap for people to see; in the transaction that moves the position over it. */
export const recordLogGap = async (tx: Sql, gap: LogGap): Promise<void> => {
  await tx.query(
    `INSERT INTO outcry.log_gap (topic, partition, wanted, first, lost, replaced, at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [gap.topic, gap.partition, gap.wanted, gap.first, gap.lost, gap.replaced, gap.atMs],
  )
}

/** Gaps of a topic found since a time, one row a partition. */
export const logGapsSince = async (sql: Sql, topic: string, sinceMs: number): Promise<PartitionGaps[]> => {
  const { rows } = await sql.query<PartitionGaps>(
    `SELECT partition, count(*) AS gaps, sum(lost)::bigint AS lost, bool_or(replaced) AS replaced,
       min(at_ms) AS "firstAtMs", max(at_ms) AS "lastAtMs",
       ARRAY(SELECT brand FROM outcry.brand_partition AS placed WHERE placed.partition = gap.partition ORDER BY brand)
         AS brands
     FROM outcry.log_gap AS gap WHERE topic = $1 AND at_ms > $2 GROUP BY partition ORDER BY partition`,
    [topic, sinceMs],
  )
  return rows
}
