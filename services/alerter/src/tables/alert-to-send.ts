import type { Alert, Evidence, Sql } from '@outcry/contracts'

/** An alert with its issue's evidence as it is now; null when the alert has expired. */
export const alertToSend = async (
  sql: Sql,
  alertId: string,
): Promise<{ alert: Alert; evidence: Evidence | null } | null> => {
  const { rows } = await sql.query<{ alert: Alert; evidence: Evidence | null }>(
    `SELECT alert.body AS alert, issue.body->'evidence' AS evidence
     FROM outcry.alert LEFT JOIN outcry.issue ON issue.id = alert.issue_id WHERE alert.id = $1`,
    [alertId],
  )
  return rows[0] ?? null
}
