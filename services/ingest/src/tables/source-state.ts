import type { Sql, SourceState } from '@outcry/contracts'

export type Taken = { cursor: unknown; epoch: number }

/**
 * Takes a source whose lease is free, expired or this owner's own, raising its epoch; null while another has it. The
 * cursor of another connector is of no use and is dropped.
 */
export const takeSource = async (
  sql: Sql,
  { source, connector, owner, leaseMs }: { source: string; connector: string; owner: string; leaseMs: number },
): Promise<Taken | null> => {
  const { rows } = await sql.query<Taken>(
    `INSERT INTO outcry.source_state AS s (source, connector, epoch, owner, lease_until, reason)
     VALUES ($1, $2, 1, $3, now() + $4 * interval '1 ms', 'starting')
     ON CONFLICT (source) DO UPDATE SET epoch = s.epoch + 1, owner = $3, connector = $2, reason = 'starting', updated_at = now(),
       lease_until = now() + $4 * interval '1 ms', cursor = CASE WHEN s.connector = $2 THEN s.cursor END
     WHERE s.lease_until IS NULL OR s.lease_until < now() OR s.owner = $3
     RETURNING cursor, epoch`,
    [source, connector, owner, leaseMs],
  )
  return rows[0] ?? null
}

/** Moves the cursor if the epoch still holds; false: another process has the source, let go. */
export const saveCursor = async (
  sql: Sql,
  { source, epoch, cursor }: { source: string; epoch: number; cursor: unknown },
): Promise<boolean> => {
  const { rowCount } = await sql.query(
    'UPDATE outcry.source_state SET cursor = $3, updated_at = now() WHERE source = $1 AND epoch = $2',
    [source, epoch, JSON.stringify(cursor)],
  )
  return rowCount === 1
}

/** What is written of a source in its rhythm, together with a longer lease. */
export type SourceRow = {
  source: string
  epoch: number
  leaseMs: number
  state: SourceState
  reason: string
  sourceTimeMs: number
  lastEventAtMs: number | null
  /** Gaps found since the last report. */
  newGaps: number
}

/** False: another process has the source, let go. */
export const reportSource = async (sql: Sql, row: SourceRow): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `UPDATE outcry.source_state SET lease_until = now() + $3 * interval '1 ms', heartbeat_at = now(), updated_at = now(),
       state_since = CASE WHEN state = $4 THEN state_since ELSE now() END, state = $4, reason = $5,
       source_time_ms = greatest(source_time_ms, $6), last_event_at_ms = greatest(last_event_at_ms, $7::bigint),
       gaps = gaps + $8
     WHERE source = $1 AND epoch = $2`,
    [row.source, row.epoch, row.leaseMs, row.state, row.reason, row.sourceTimeMs, row.lastEventAtMs, row.newGaps],
  )
  return rowCount === 1
}

/** Lets others take the source at once. */
export const releaseSource = async (sql: Sql, source: string, epoch: number): Promise<void> => {
  await sql.query(
    `UPDATE outcry.source_state SET lease_until = NULL, owner = NULL, state = 'blind', reason = 'stopped',
       state_since = CASE WHEN state = 'blind' THEN state_since ELSE now() END
     WHERE source = $1 AND epoch = $2`,
    [source, epoch],
  )
}
