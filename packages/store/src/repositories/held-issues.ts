import type { HeldIssue, Sql } from '@outcry/contracts'

/** Issues of which something was held after `sinceMs`, the newest first; drills are nobody's business here. */
export const heldSince = async (sql: Sql, sinceMs: number, limit: number): Promise<HeldIssue[]> => {
  const { rows } = await sql.query<HeldIssue>(
    `SELECT id AS "issueId", brand, label, severity, state, (body #>> '{evidence,authors}')::int AS people,
       (body #>> '{lastHeld,at}')::bigint AS "heldAt", body #>> '{lastHeld,reason}' AS reason
     FROM outcry.issue
     WHERE NOT drill AND (body #>> '{lastHeld,at}')::bigint > $1
     ORDER BY "heldAt" DESC, id LIMIT $2`,
    [sinceMs, limit],
  )
  return rows
}
