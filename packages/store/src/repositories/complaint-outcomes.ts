import type { ComplaintOutcome, Sql } from '@outcry/contracts'

type Outcomes = Partial<Record<ComplaintOutcome, number>>

/** How many complaints of each issue ended how, also those whose posts are no longer kept. */
export const outcomesOf = async (sql: Sql, issueIds: readonly string[]): Promise<Map<string, Outcomes>> => {
  const { rows } = await sql.query<{ issueId: string; outcome: ComplaintOutcome; complaints: number }>(
    `SELECT issue_id AS "issueId", outcome, count(*)::int AS complaints FROM (
       SELECT coalesce(mention.issue_id, complaint.issue_id) AS issue_id, outcome
       FROM outcry.complaint
       LEFT JOIN outcry.mention ON mention.brand = complaint.brand AND mention.id = complaint.mention_id
       WHERE outcome IS NOT NULL AND (complaint.issue_id = ANY($1::text[]) OR mention.issue_id = ANY($1))) AS ended
     WHERE issue_id = ANY($1) GROUP BY 1, 2 ORDER BY 1, 2`,
    [issueIds],
  )
  const outcomes = new Map<string, Outcomes>(issueIds.map((id) => [id, {}]))
  for (const { issueId, outcome, complaints } of rows)
    outcomes.set(issueId, { ...outcomes.get(issueId), [outcome]: complaints })
  return outcomes
}
