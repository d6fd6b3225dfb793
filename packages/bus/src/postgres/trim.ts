import type { SqlPool } from '@outcry/contracts'

const STEP_RECORDS = 1_000

/**
 * Deletes records older than `retentionMs` before `nowMs`, a thousand at a time and oldest first, and moves the log's
 * first position with them. Each step is its own short transaction, so appends wait at most for one. Returns the number
 * of records deleted.
 */
export const trimTopic = async (pool: SqlPool, topic: string, retentionMs: number, nowMs: number): Promise<number> => {
  const { rows } = await pool.query<{ partition: number }>(
    'SELECT partition FROM outcry.bus_partition WHERE topic = $1 ORDER BY partition',
    [topic],
  )
  let trimmed = 0
  for (const { partition } of rows) {
    for (let step = STEP_RECORDS; step === STEP_RECORDS; trimmed += step) {
      step = await trimStep(pool, topic, partition, nowMs - retentionMs)
    }
  }
  return trimmed
}

const trimStep = (pool: SqlPool, topic: string, partition: number, beforeMs: number): Promise<number> =>
  pool.transaction(async (tx) => {
    const { rows } = await tx.query<{ last: string | number | null }>(
      `SELECT max(position) AS last FROM (
         SELECT position, appended_at FROM outcry.bus_record
         WHERE topic = $1 AND partition = $2 ORDER BY position LIMIT ${STEP_RECORDS}
       ) oldest WHERE appended_at < to_timestamp($3::double precision / 1000)`,
      [topic, partition, beforeMs],
    )
    const last = rows[0]?.last
    if (last === null || last === undefined) return 0
    await tx.query(
      `UPDATE outcry.bus_partition SET first_position = greatest(first_position, $3)
       WHERE topic = $1 AND partition = $2`,
      [topic, partition, Number(last) + 1],
    )
    const deleted = await tx.query(
      'DELETE FROM outcry.bus_record WHERE topic = $1 AND partition = $2 AND position <= $3',
      [topic, partition, Number(last)],
    )
    return deleted.rowCount ?? 0
  })
