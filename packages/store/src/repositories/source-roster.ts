import type { Sql } from '@outcry/contracts'

/** Notified when a process gave sources back, or began or ceased to read any. */
export const SOURCE_CHANNEL = 'outcry_source'

/** Who reads sources now. `holders`: source → process of the valid lease. */
export type SourceRoster = { members: string[]; holders: Map<string, string> }

/** Says that `member` reads sources for the next `leaseMs`, and gives all that do. */
export const joinRoster = async (
  sql: Sql,
  { member, leaseMs }: { member: string; leaseMs: number },
): Promise<SourceRoster> => {
  const { rows: joined } = await sql.query<{ fresh: boolean }>(
    `INSERT INTO outcry.ingest_member AS mine (member, lease_until) VALUES ($1, now() + $2 * interval '1 ms')
     ON CONFLICT (member) DO UPDATE SET lease_until = excluded.lease_until
     RETURNING xmax = 0 AS fresh`,
    [member, leaseMs],
  )
  if (joined[0]!.fresh) await notify(sql)
  await sql.query(`DELETE FROM outcry.ingest_member WHERE lease_until < now() - interval '1 minute'`)
  const { rows: members } = await sql.query<{ member: string }>(
    'SELECT member FROM outcry.ingest_member WHERE lease_until >= now() ORDER BY member',
  )
  const { rows: held } = await sql.query<{ source: string; owner: string }>(
    'SELECT source, owner FROM outcry.source_state WHERE lease_until >= now()',
  )
  return {
    members: members.map((row) => row.member),
    holders: new Map(held.map(({ source, owner }) => [source, owner])),
  }
}

/** Leaves at once, so that others need not wait for the lease to run out. */
export const leaveRoster = async (sql: Sql, member: string): Promise<void> => {
  await sql.query('DELETE FROM outcry.ingest_member WHERE member = $1', [member])
  await notify(sql)
}

/** Keeps leases. Gives the sources that are still held; the others are someone else's now. */
export const renewSources = async (
  sql: Sql,
  held: readonly { source: string; epoch: number }[],
  leaseMs: number,
): Promise<Set<string>> => {
  if (held.length === 0) return new Set()
  const { rows } = await sql.query<{ source: string }>(
    `UPDATE outcry.source_state AS state SET lease_until = now() + $3 * interval '1 ms'
     FROM unnest($1::text[], $2::bigint[]) AS mine (source, epoch)
     WHERE state.source = mine.source AND state.epoch = mine.epoch
     RETURNING state.source`,
    [held.map(({ source }) => source), held.map(({ epoch }) => epoch), leaseMs],
  )
  return new Set(rows.map(({ source }) => source))
}

const notify = async (sql: Sql): Promise<void> => {
  await sql.query('SELECT pg_notify($1, $2)', [SOURCE_CHANNEL, ''])
}
