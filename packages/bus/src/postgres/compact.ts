import type { SqlPool } from '@outcry/contracts'

const STEP_RECORDS = 1_000

/**
 * Deletes the records whose key came again in a record that is older than `afterMs` by now: what was deleted or edited
 * upstream leaves the log, the record that says so stays. Goes over each record once, in short transactions, and leaves
 * holes in the positions. Returns the number of records deleted.
 */
export const compactTopic = async (pool: SqlPool, topic: string, afterMs: number, nowMs: number): Promise<number> => {
  const { rows } = await pool.query<{ partition: number }>(
    'SELECT partition FROM outcry.bus_partition WHERE topic = $1 ORDER BY partition',
    [topic],
  )
  let deleted = 0
  for (const { partition } of rows) {
    for (let step = { seen: STEP_RECORDS, deleted: 0 }; step.seen === STEP_RECORDS; deleted += step.deleted) {
      step = await compactStep(pool, topic, partition, nowMs - afterMs)
    }
  }
  return deleted
}

const compactStep = (pool: SqlPool, topic: string, partition: number, beforeMs: number) =>
  pool.transaction(async (tx) => {
    const { rows } = await tx.query<{ position: string | number; key: Buffer | null }>(
      `SELECT position, key FROM outcry.bus_record
       WHERE topic = $1 AND partition = $2 AND appended_at < to_timestamp($3::double precision / 1000) AND position >= (
         SELECT compacted_position FROM outcry.bus_partition WHERE topic = $1 AND partition = $2)
       ORDER BY position LIMIT ${STEP_RECORDS}`,
      [topic, partition, beforeMs],
    )
    const last = rows.at(-1)
    if (!last) return { seen: 0, deleted: 0 }
    const keyed = rows.filter(({ key }) => key !== null)
    // By the index of keys, record by record: as a join, and with the position as a condition that an index could serve,
    // the planner reads the whole partition for each step while its statistics are behind.
    const { rowCount } = await tx.query(
      `DELETE FROM outcry.bus_record WHERE topic = $1 AND partition = $2 AND position = ANY(ARRAY(
         SELECT old.position FROM unnest($3::bigint[], $4::bytea[]) AS newer (position, key)
         CROSS JOIN LATERAL (
           SELECT position FROM outcry.bus_record
           WHERE topic = $1 AND key = newer.key AND partition + 0 = $2 AND position + 0 < newer.position OFFSET 0
         ) AS old))`,
      [topic, partition, keyed.map(({ position }) => Number(position)), keyed.map(({ key }) => key)],
    )
    await tx.query('UPDATE outcry.bus_partition SET compacted_position = $3 WHERE topic = $1 AND partition = $2', [
      topic,
      partition,
      Number(last.position) + 1,
    ])
    return { seen: rows.length, deleted: rowCount ?? 0 }
  })
