import type { Alert, Exemplar, Sql } from '@outcry/contracts'

/** An alert with the posts behind it when it was decided. */
export type ShownAlert = { alert: Alert; posts: readonly Exemplar[] }

/** Alerts of a shadow brand in the order of the feed, from the `skip`th on. */
export const drillAlerts = async (sql: Sql, shadow: string, skip: number): Promise<ShownAlert[]> => {
  const { rows } = await sql.query<{ alert: Alert; posts: Exemplar[] | null }>(
    `SELECT alert.body AS alert, fact.body->'evidence'->'exemplars' AS posts
     FROM outcry.alert LEFT JOIN LATERAL (
       SELECT body FROM outcry.issue_event
       WHERE issue_id = alert.issue_id AND at_ms <= alert.at_ms ORDER BY seq DESC LIMIT 1
     ) AS fact ON true
     WHERE alert.brand = $1 ORDER BY alert.seq OFFSET $2`,
    [shadow, skip],
  )
  return rows.map(({ alert, posts }) => ({ alert, posts: posts ?? [] }))
}
