import type { Alert, Exemplar, Sql } from '@outcry/contracts'

/** An alert with the posts behind it. */
export type ShownAlert = { alert: Alert; posts: readonly Exemplar[] }

/** Alerts of a shadow brand in the order of the feed, from the `skip`th on. */
export const drillAlerts = async (sql: Sql, shadow: string, skip: number): Promise<ShownAlert[]> => {
  const { rows } = await sql.query<{ alert: Alert; posts: Exemplar[] | null }>(
    `SELECT alert.body AS alert, issue.body->'evidence'->'exemplars' AS posts
     FROM outcry.alert LEFT JOIN outcry.issue ON issue.id = alert.issue_id
     WHERE alert.brand = $1 ORDER BY alert.seq OFFSET $2`,
    [shadow, skip],
  )
  return rows.map(({ alert, posts }) => ({ alert, posts: posts ?? [] }))
}
