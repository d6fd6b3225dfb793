import { OutcryError, type Sql, type SqlPool } from '@outcry/contracts'
import { NO_SNAPSHOT } from './snapshots.ts'

/** Notified when a brand lives in another partition than before. */
export const PLACEMENT_CHANNEL = 'outcry_placement'

export type BrandMove = {
  id: string
  brand: string
  from: number
  to: number
  state: 'started' | 'handed' | 'done'
  /** Last record of the old partition that counts there; null until it was handed over. */
  outPosition: number | null
  /** Record of the new partition behind which the brand's count there; null until the new one has met it. */
  inPosition: number | null
}

const COLUMNS = `id, brand, from_partition AS "from", to_partition AS "to", state,
  out_position AS "outPosition", in_position AS "inPosition"`

/**
 * Notes that a brand is to move; the same move again gives the one that is under way. Throws `BRAND_UNKNOWN`,
 * `BRAND_THERE_ALREADY` or `BRAND_MOVE_ACTIVE`.
 */
export const beginMove = (pool: SqlPool, asked: { id: string; brand: string; to: number }): Promise<BrandMove> =>
  pool.transaction(async (tx) => {
    const { id, brand, to } = asked
    const { rows: placed } = await tx.query<{ partition: number }>(
      'SELECT partition FROM outcry.brand_partition WHERE brand = $1 FOR UPDATE',
      [brand],
    )
    const { rows: active } = await tx.query<BrandMove>(`SELECT ${COLUMNS} FROM outcry.brand_move WHERE state <> 'done'`)
    const running = active[0]
    if (running?.brand === brand && running.to === to) return running
    if (running !== undefined)
      throw new OutcryError('BRAND_MOVE_ACTIVE', `brand ${running.brand} is on its way to partition ${running.to}`, {
        fix: 'Wait until it has arrived; where it does not, look whether a detector runs, and repeat that command.',
      })
    const from = placed[0]?.partition
    if (from === undefined)
      throw new OutcryError('BRAND_UNKNOWN', `brand ${brand} has no partition`, {
        fix: 'Name a brand of the configuration; `outcry brands list` shows where each lives.',
        exitCode: 2,
      })
    if (from === to)
      throw new OutcryError('BRAND_THERE_ALREADY', `brand ${brand} lives in partition ${to}`, {
        fix: 'Nothing, or name another partition.',
        exitCode: 2,
      })
    const { rows } = await tx.query<BrandMove>(
      `INSERT INTO outcry.brand_move (id, brand, from_partition, to_partition) VALUES ($1, $2, $3, $4)
       RETURNING ${COLUMNS}`,
      [id, brand, from, to],
    )
    return rows[0]!
  })

export const findMove = async (sql: Sql, id: string): Promise<BrandMove | null> => {
  const { rows } = await sql.query<BrandMove>(`SELECT ${COLUMNS} FROM outcry.brand_move WHERE id = $1`, [id])
  return rows[0] ?? null
}

/** Moves from and to a partition, in their order. */
export const movesOf = async (sql: Sql, partition: number): Promise<BrandMove[]> => {
  const { rows } = await sql.query<BrandMove>(
    `SELECT ${COLUMNS} FROM outcry.brand_move WHERE from_partition = $1 OR to_partition = $1 ORDER BY seq`,
    [partition],
  )
  return rows
}

/** The partitions that brands have left in the last `days`. */
export const formerPartitions = async (sql: Sql, days: number): Promise<Map<string, number[]>> => {
  const { rows } = await sql.query<{ brand: string; partitions: number[] }>(
    `SELECT moved.brand, array_agg(DISTINCT from_partition) AS partitions
     FROM outcry.brand_move AS moved JOIN outcry.brand_partition AS place ON place.brand = moved.brand
     WHERE from_partition <> place.partition AND coalesce(done_at, now()) > now() - $1 * interval '1 day'
     GROUP BY moved.brand`,
    [days],
  )
  return new Map(rows.map(({ brand, partitions }) => [brand, partitions]))
}

/**
 * The new partition has met the record behind which the brand's records count there: from now on they are sent there.
 * Of several such records the first one counts.
 */
export const switchPlacement = (pool: SqlPool, id: string, inPosition: number): Promise<BrandMove | null> =>
  pool.transaction(async (tx) => {
    await tx.query('UPDATE outcry.brand_move SET in_position = $2 WHERE id = $1 AND in_position IS NULL', [
      id,
      inPosition,
    ])
    const move = await findMove(tx, id)
    if (move === null || move.state === 'done') return move
    const { rowCount } = await tx.query(
      'UPDATE outcry.brand_partition SET partition = $2 WHERE brand = $1 AND partition <> $2',
      [move.brand, move.to],
    )
    if (rowCount) await tx.query('SELECT pg_notify($1, $2)', [PLACEMENT_CHANNEL, move.brand])
    return move
  })

/** Gives a brand's state away, in the transaction that moves the old partition to `outPosition`. */
export const handOver = async (
  tx: Sql,
  handed: { id: string; topic: string; outPosition: number; state: { version: number; body: Uint8Array } | null },
): Promise<void> => {
  const { id, topic, outPosition, state } = handed
  const body = state === null ? Buffer.alloc(0) : Buffer.from(state.body)
  const { rows } = await tx.query<{ brand: string; from: number }>(
    `UPDATE outcry.brand_move SET state = 'handed', out_position = $2, version = $3, body = $4
     WHERE id = $1 AND state = 'started' RETURNING brand, from_partition AS "from"`,
    [id, outPosition, state?.version ?? NO_SNAPSHOT, body],
  )
  const moved = rows[0]
  if (moved === undefined) throw new Error(`move ${id} was handed over already`)
  await tx.query('DELETE FROM outcry.brand_snapshot WHERE brand = $1 AND topic = $2 AND partition = $3', [
    moved.brand,
    topic,
    moved.from,
  ])
}

/** The state on its way; null where the brand had none, or it has arrived. */
export const stateOnItsWay = async (sql: Sql, id: string): Promise<{ version: number; body: Uint8Array } | null> => {
  const { rows } = await sql.query<{ version: number; body: Buffer | null }>(
    `SELECT version, body FROM outcry.brand_move WHERE id = $1 AND state = 'handed'`,
    [id],
  )
  const found = rows[0]
  return found?.body == null || found.version === NO_SNAPSHOT ? null : { version: found.version, body: found.body }
}

/** Ends a move, in the transaction that moves the new partition to its `inPosition`; its snapshot is there now. */
export const takeIn = async (tx: Sql, { id, topic }: { id: string; topic: string }): Promise<void> => {
  await tx.query(
    `INSERT INTO outcry.brand_snapshot (brand, topic, partition, position, version, body)
     SELECT brand, $2, to_partition, in_position, version, body FROM outcry.brand_move WHERE id = $1
     ON CONFLICT (brand) DO UPDATE SET topic = excluded.topic, partition = excluded.partition,
       position = excluded.position, version = excluded.version, body = excluded.body, taken_at = now()`,
    [id, topic],
  )
  const { rowCount } = await tx.query(
    `UPDATE outcry.brand_move SET state = 'done', done_at = now(), body = NULL WHERE id = $1 AND state = 'handed'`,
    [id],
  )
  if (rowCount !== 1) throw new Error(`move ${id} has no state to take in`)
}
