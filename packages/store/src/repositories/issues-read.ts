import type { Mention, Sql } from '@outcry/contracts'
import type { IssueRow } from './alerting-state.ts'
import { ISSUE_COLUMNS } from './issue-columns.ts'

export type IssueFilter = {
  brands?: readonly string[] | undefined
  states?: readonly string[] | undefined
  severities?: readonly string[] | undefined
  drill?: boolean | undefined
  openedAfterMs?: number | undefined
}

/** Issues, the latest opened first, after a place in that order. */
export const listIssues = async (
  sql: Sql,
  filter: IssueFilter,
  after: { openedAtMs: number; id: string } | null,
  limit: number,
): Promise<IssueRow[]> => {
  const { rows } = await sql.query<IssueRow>(
    `SELECT ${ISSUE_COLUMNS} FROM outcry.issue
     WHERE ($1::text[] IS NULL OR brand = ANY($1))
       AND ($2::text[] IS NULL OR state = ANY($2))
       AND ($3::text[] IS NULL OR severity = ANY($3))
       AND ($4::boolean IS NULL OR drill = $4)
       AND ($5::bigint IS NULL OR opened_at_ms > $5)
       AND ($6::bigint IS NULL OR (opened_at_ms, id) < ($6, $7::text))
     ORDER BY opened_at_ms DESC, id DESC LIMIT $8`,
    [
      filter.brands ?? null,
      filter.states ?? null,
      filter.severities ?? null,
      filter.drill ?? null,
      filter.openedAfterMs ?? null,
      after?.openedAtMs ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows
}

export { loadIssue as getIssue } from './alerting-state.ts'

/** A scored mention as stored. */
export type MentionRow = {
  brand: string
  id: string
  source: string
  eventTimeMs: number
  complaint: number
  lang: string | null
  clusterId: string | null
  issueId: string | null
  mention: Mention
}

/** An issue's mentions, newest first, after a place in that order. */
export const issueMentions = async (
  sql: Sql,
  issueId: string,
  after: { eventTimeMs: number; id: string } | null,
  limit: number,
): Promise<MentionRow[]> => {
  const { rows } = await sql.query<MentionRow>(
    `SELECT brand, id, source, event_time_ms AS "eventTimeMs", complaint, lang, cluster_id AS "clusterId",
       issue_id AS "issueId", body AS mention
     FROM outcry.mention
     WHERE issue_id = $1 AND ($2::bigint IS NULL OR (event_time_ms, id) < ($2, $3::text))
     ORDER BY event_time_ms DESC, id DESC LIMIT $4`,
    [issueId, after?.eventTimeMs ?? null, after?.id ?? null, limit],
  )
  return rows
}
