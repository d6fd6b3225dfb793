import type { SourceState, Sql } from '@outcry/contracts'
import { jsonText, storableText } from './json-text.ts'
import { SOURCE_CHANNEL } from './source-roster.ts'

/**
 * Takes a source whose lease is free, expired or already this owner's, and raises its epoch. Null: another process
 * runs it. The cursor of another connector under the same name is not handed on.
 */
export const takeSource = async (
  sql: Sql,
  { source, connector, owner, leaseMs }: { source: string; connector: string; owner: string; leaseMs: number },
): Promise<{ cursor: unknown; epoch: number } | null> => {
  const { rows } = await sql.query<{ cursor: unknown; epoch: number }>(
    `INSERT INTO outcry.source_state AS state (source, connector, owner, epoch, lease_until)
     VALUES ($1, $2, $3, 1, now() + $4 * interval '1 ms')
     ON CONFLICT (source) DO UPDATE SET
       epoch = state.epoch + 1,
       owner = excluded.owner,
       lease_until = excluded.lease_until,
       cursor = CASE WHEN state.connector = excluded.connector THEN state.cursor END,
       connector = excluded.connector,
       updated_at = now()
     WHERE state.lease_until IS NULL OR state.lease_until < now() OR state.owner = excluded.owner
     RETURNING cursor, epoch`,
    [source, connector, owner, leaseMs],
  )
  return rows[0] ?? null
}

/** Gives the lease back, so that another process need not wait for it to expire. */
export const releaseSource = async (sql: Sql, source: string, epoch: number): Promise<void> => {
  await sql.query('UPDATE outcry.source_state SET lease_until = NULL WHERE source = $1 AND epoch = $2', [source, epoch])
  await sql.query('SELECT pg_notify($1, $2)', [SOURCE_CHANNEL, ''])
}

/** A source in the hands of one owner: what another epoch writes counts for nothing. */
export type SourceFence = { source: string; epoch: number }

/** Whether the source is still in these hands. */
export const holdsSource = async (sql: Sql, { source, epoch }: SourceFence): Promise<boolean> => {
  const { rows } = await sql.query('SELECT 1 FROM outcry.source_state WHERE source = $1 AND epoch = $2', [
    source,
    epoch,
  ])
  return rows.length === 1
}

/** Moves the cursor, after bus and index have the records. False: the source is someone else's now. */
export const saveCursor = async (
  sql: Sql,
  { source, epoch, cursor }: { source: string; epoch: number; cursor: unknown },
): Promise<boolean> => {
  const { rowCount } = await sql.query(
    'UPDATE outcry.source_state SET cursor = $3, updated_at = now() WHERE source = $1 AND epoch = $2',
    [source, epoch, jsonText(cursor)],
  )
  return rowCount === 1
}

export type SourceReport = {
  source: string
  epoch: number
  state: SourceState
  reason: string
  /** What a person may do about it. */
  fix?: string | null
  /** Zero is none: it has not seen its platform yet. */
  sourceTimeMs?: number | null
  lastEventAtMs?: number | null
  /** Gaps found since the last report; they add up. */
  gaps?: number
}

/** What the source's owner knows about it now. Times never go back. False: the source is someone else's now. */
export const reportSource = async (sql: Sql, report: SourceReport): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `UPDATE outcry.source_state SET
       state_since = CASE WHEN state = $3 THEN state_since ELSE now() END,
       state = $3,
       reason = $4,
       fix = $8,
       source_time_ms = nullif(greatest(source_time_ms, $5), 0),
       last_event_at_ms = greatest(last_event_at_ms, $6),
       gaps = gaps + $7,
       heartbeat_at = now(),
       updated_at = now()
     WHERE source = $1 AND epoch = $2`,
    [
      report.source,
      report.epoch,
      report.state,
      storableText(report.reason),
      report.sourceTimeMs ?? null,
      report.lastEventAtMs ?? null,
      report.gaps ?? 0,
      report.fix == null ? null : storableText(report.fix),
    ],
  )
  return rowCount === 1
}

/**
 * Notes the newest mention that came to a source not through its holder but by itself. Gives what the holder says of the
 * source, or null where nobody holds it.
 */
export const noteSourceEvent = async (sql: Sql, source: string, eventTimeMs: number): Promise<SourceState | null> => {
  const { rows } = await sql.query<{ state: SourceState | null }>(
    `UPDATE outcry.source_state SET last_event_at_ms = greatest(last_event_at_ms, $2)
     WHERE source = $1 RETURNING CASE WHEN lease_until >= now() THEN state END AS state`,
    [source, eventTimeMs],
  )
  return rows[0]?.state ?? null
}

export type SourceRow = {
  source: string
  connector: string
  state: SourceState
  reason: string
  fix: string | null
  sourceTimeMs: number | null
  lastEventAtMs: number | null
  heartbeatAtMs: number | null
  /** Since its last heartbeat, on the database's own clock, so that clocks of other machines do not matter. */
  silentMs: number | null
  stateSinceMs: number
  gaps: number
  owner: string | null
}

/** Every source that ever ran, by name. */
export const listSources = async (sql: Sql): Promise<SourceRow[]> => {
  const { rows } = await sql.query<SourceRow>(
    `SELECT source, connector, state, reason, fix, owner, gaps,
       source_time_ms AS "sourceTimeMs",
       last_event_at_ms AS "lastEventAtMs",
       (extract(epoch FROM heartbeat_at) * 1000)::bigint AS "heartbeatAtMs",
       greatest(0, extract(epoch FROM now() - heartbeat_at) * 1000)::bigint AS "silentMs",
       (extract(epoch FROM state_since) * 1000)::bigint AS "stateSinceMs"
     FROM outcry.source_state ORDER BY source`,
  )
  return rows
}
