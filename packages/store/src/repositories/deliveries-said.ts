import type { Sql } from '@outcry/contracts'

/** The newest message about one issue or source that a target took. */
export type SaidLast = {
  id: string
  alertId: string
  issueId: string
  dedupKey: string
  body: unknown
}

/**
 * What a target took last about each open issue and each source, and about those that ended within `endedWithinMs`
 * before now on the database's clock. `ends` is the action of a message that ends its entry. Where a newer message was
 * tried and is not yet known to have been taken, nothing is said: it may have been, and the older one would undo it.
 */
export const saidLast = async (
  sql: Sql,
  target: string,
  { ends, endedWithinMs }: { ends: string; endedWithinMs: number },
): Promise<SaidLast[]> => {
  const { rows } = await sql.query<SaidLast>(
    `WITH said AS (
       SELECT last.* FROM outcry.issue CROSS JOIN LATERAL (
         SELECT * FROM outcry.delivery WHERE target = $1 AND issue_id = issue.id AND state = 'delivered'
         ORDER BY alert_seq DESC, id DESC LIMIT 1) AS last
       WHERE issue.state NOT IN ('resolved', 'dismissed', 'merged') OR issue.changed_at > now() - interval '1 day'
       UNION ALL
       SELECT last.* FROM (
         SELECT DISTINCT ON (dedup_key) * FROM outcry.delivery
         WHERE target = $1 AND issue_id = '' AND state = 'delivered'
         ORDER BY dedup_key, finished_at DESC) AS last)
     SELECT id, alert_id AS "alertId", issue_id AS "issueId", dedup_key AS "dedupKey", body FROM said
     WHERE (body->>'action' <> $2 OR finished_at > now() - $3 * interval '1 ms')
       AND NOT EXISTS (
         SELECT FROM outcry.delivery AS tried WHERE tried.target = $1 AND tried.dedup_key = said.dedup_key
           AND tried.state = 'pending' AND tried.attempts > 0)
     ORDER BY alert_seq, id`,
    [target, ends, endedWithinMs],
  )
  return rows
}
