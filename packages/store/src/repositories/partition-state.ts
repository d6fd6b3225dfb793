import type { Sql } from '@outcry/contracts'

/** Which log position a consumer group's effects are stored up to. */
export type PartitionKey = { consumer: string; topic: string; partition: number }

/**
 * Takes the partition over: raises its epoch, which ends every earlier owner's writes. `appendedAtMs` is when the bus
 * took the record at `position`, null where that is not known.
 */
export const takePartition = async (
  sql: Sql,
  { consumer, topic, partition, owner }: PartitionKey & { owner: string },
): Promise<{ position: number; epoch: number; appendedAtMs: number | null }> => {
  const { rows } = await sql.query<{ position: number; epoch: number; appendedAtMs: number | null }>(
    `INSERT INTO outcry.partition_state AS state (consumer, topic, partition, epoch, owner, taken_at)
     VALUES ($1, $2, $3, 1, $4, now())
     ON CONFLICT (consumer, topic, partition)
     DO UPDATE SET epoch = state.epoch + 1, owner = excluded.owner, taken_at = now()
     RETURNING position, epoch, appended_at_ms AS "appendedAtMs"`,
    [consumer, topic, partition, owner],
  )
  return rows[0]!
}

/**
 * First statement of every transaction that stores effects. False: someone else owns the partition or its position
 * moved; roll back, discard state and let go. `appendedAtMs` as in `takePartition`.
 */
export const advancePartition = async (
  tx: Sql,
  step: PartitionKey & { epoch: number; from: number; to: number; appendedAtMs?: number | null },
): Promise<boolean> => {
  const { consumer, topic, partition, epoch, from, to } = step
  const { rowCount } = await tx.query(
    `UPDATE outcry.partition_state SET position = $6, appended_at_ms = $7, updated_at = now()
     WHERE consumer = $1 AND topic = $2 AND partition = $3 AND position = $5 AND epoch = $4`,
    [consumer, topic, partition, epoch, from, to, step.appendedAtMs ?? null],
  )
  return rowCount === 1
}

/** Every partition's stored position, for lag and health. */
export const partitionPositions = async (
  sql: Sql,
  consumer: string,
  topic: string,
): Promise<{ partition: number; position: number; owner: string | null }[]> => {
  const { rows } = await sql.query<{ partition: number; position: number; owner: string | null }>(
    `SELECT partition, position, owner FROM outcry.partition_state
     WHERE consumer = $1 AND topic = $2 ORDER BY partition`,
    [consumer, topic],
  )
  return rows
}

/** When the bus took the newest record whose effects a consumer has stored; null before the first. */
export const newestStoredMs = async (sql: Sql, consumer: string): Promise<number | null> => {
  const { rows } = await sql.query<{ newest: number | null }>(
    'SELECT max(appended_at_ms) AS newest FROM outcry.partition_state WHERE consumer = $1',
    [consumer],
  )
  return rows[0]!.newest
}
