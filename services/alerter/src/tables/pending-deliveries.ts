import type { Sql } from '@outcry/contracts'

/** How many deliveries wait, by target. */
export const pendingDeliveries = async (sql: Sql): Promise<Map<string, number>> => {
  const { rows } = await sql.query<{ target: string; pending: number }>(
    `SELECT target, count(*) AS pending FROM outcry.delivery WHERE state = 'pending' GROUP BY target`,
  )
  return new Map(rows.map((row) => [row.target, row.pending]))
}

/** Ends what has waited a day for a target that is no longer configured; it can be redelivered once it is again. */
export const giveUpOrphans = async (sql: Sql, targets: readonly string[]): Promise<void> => {
  await sql.query(
    `UPDATE outcry.delivery
     SET state = 'dead', last_error = 'its target is not configured', lease_until = NULL, finished_at = now()
     WHERE state = 'pending' AND target <> ALL($1::text[]) AND created_at < now() - interval '1 day'`,
    [targets],
  )
}
