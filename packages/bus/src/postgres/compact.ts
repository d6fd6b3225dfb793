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
    const { rows } = await tx.query<{ position: string | number; keyed: boolean }>(
      `SELECT position, key IS NOT NULL AS keyed FROM outcry.bus_record
       WHERE topic = $1 AND partition = $2 AND appended_at < to_timestamp($3::double precision / 1000) AND position >= (
         SELECT compacted_position FROM outcry.bus_partition WHERE topic = $1 AND partition = $2)
       ORDER BY position LIMIT ${STEP_RECORDS}`,
      [topic, partition, beforeMs],
    )
    const last = rows.at(-1)
    if (!last) return { seen: 0, deleted: 0 }
    const keyed = rows.filter((row) => row.keyed).map(({ position }) => Number(position))
    const { rowCount } = await tx.query(
      `DELETE FROM outcry.bus_record old USING outcry.bus_record newer
       WHERE newer.topic = $1 AND newer.partition = $2 AND newer.position = ANY($3::bigint[])
         AND old.topic = $1 AND old.partition = $2 AND old.key = newer.key AND old.position < newer.position`,
      [topic, partition, keyed],
    )
    await tx.query('UPDATE outcry.bus_partition SET compacted_position = $3 WHERE topic = $1 AND partition = $2', [
      topic,
      partition,
      Number(last.position) + 1,
    ])
    return { seen: rows.length, deleted: rowCount ?? 0 }
  })
