import type { EarlierIssue, Sql } from '@outcry/contracts'

/** Issues that are counted; more would only make a large number larger. */
const MAX_EARLIER = 1_000

/** What an issue is about: as a person said, else as proposed, else as it was counted. */
export const TYPE_OF_ISSUE = `CASE WHEN body ? 'type'
  THEN body #>> '{type,id}' ELSE body #>> '{evidence,issueType}' END`

/**
 * Issues of a brand that opened within a span before an issue and were of its type, or that it is known to recur; the
 * latest first. Those that were dismissed or merged into another are left out.
 */
export const earlierIssues = async (
  sql: Sql,
  issue: { id: string; brand: string; issueType: string | null; openedAt: number },
  fromMs: number,
): Promise<EarlierIssue[]> => {
  const { rows } = await sql.query<EarlierIssue>(
    `WITH RECURSIVE chain AS (
       SELECT body ->> 'recurrenceOf' AS id, 1 AS depth FROM outcry.issue WHERE id = $1
       UNION ALL
       SELECT issue.body ->> 'recurrenceOf', depth + 1
       FROM chain JOIN outcry.issue ON issue.id = chain.id WHERE depth < ${MAX_EARLIER})
     SELECT id, label, state, severity, opened_at_ms AS "openedAt" FROM outcry.issue
     WHERE brand = $2 AND id <> $1 AND opened_at_ms < $4 AND opened_at_ms >= $5
       AND state NOT IN ('dismissed', 'merged')
       AND (${TYPE_OF_ISSUE} = $3 OR id IN (SELECT id FROM chain))
     ORDER BY opened_at_ms DESC, id DESC LIMIT ${MAX_EARLIER}`,
    [issue.id, issue.brand, issue.issueType, issue.openedAt, fromMs],
  )
  return rows
}
