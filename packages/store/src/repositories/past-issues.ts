import type { Sql, Statement } from '@outcry/contracts'
import type { IssueRow } from './alerting-state.ts'
import { ISSUE_COLUMNS } from './issue-columns.ts'
import { type BrandScope, inScope, likePattern, scopeValue, someOf } from './list-filter.ts'

export type PastIssueFilter = {
  scope: BrandScope
  brands: readonly string[]
  /** Of the ends, only these; all where empty. */
  states: readonly string[]
  severities: readonly string[]
  issueTypes: readonly string[]
  /** Opened at or after, and before, epoch ms. */
  fromMs: number | null
  untilMs: number | null
  /** Part of the label, any case. */
  text: string | null
  drill: boolean | null
}

/** Issues that are over, the latest opened first, after a place in that order. */
export const pastIssues = async (
  sql: Sql,
  filter: PastIssueFilter,
  after: { openedAtMs: number; id: string } | null,
  limit: number,
): Promise<IssueRow[]> => {
  const { rows } = await sql.query<IssueRow>(
    `SELECT ${ISSUE_COLUMNS} FROM outcry.issue
     WHERE ${inScope('$1')}
       AND state IN ('resolved', 'dismissed', 'merged')
       AND ($2::text[] IS NULL OR brand = ANY($2))
       AND ($3::text[] IS NULL OR state = ANY($3))
       AND ($4::text[] IS NULL OR severity = ANY($4))
       AND ($5::text[] IS NULL OR CASE WHEN body ? 'type' THEN body #>> '{type,id}' ELSE body #>> '{evidence,issueType}' END = ANY($5))
       AND ($6::bigint IS NULL OR opened_at_ms >= $6)
       AND ($7::bigint IS NULL OR opened_at_ms < $7)
       AND ($8::text IS NULL OR label ILIKE $8)
       AND ($9::boolean IS NULL OR drill = $9)
       AND ($10::bigint IS NULL OR (opened_at_ms, id) < ($10, $11::text))
     ORDER BY opened_at_ms DESC, id DESC LIMIT $12`,
    [
      scopeValue(filter.scope),
      someOf(filter.brands),
      someOf(filter.states),
      someOf(filter.severities),
      someOf(filter.issueTypes),
      filter.fromMs,
      filter.untilMs,
      likePattern(filter.text),
      filter.drill,
      after?.openedAtMs ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows
}

/** What happened to issues and what was said of them, as far as their times go. */
export type IssueRecordOfTimes = {
  /** Oldest first; of the body `page` and `reason` only. `at` is epoch ms. */
  timeline: { at: number; kind: string; body: Record<string, unknown> }[]
  statements: Pick<Statement, 'kind' | 'facts' | 'publications'>[]
}

/** For each of the issues, also for one of which nothing is on record. */
export const recordsOfTimes = async (
  sql: Sql,
  issueIds: readonly string[],
): Promise<Map<string, IssueRecordOfTimes>> => {
  const [timeline, statements] = await Promise.all([
    sql.query<{ issueId: string } & IssueRecordOfTimes['timeline'][number]>(
      `SELECT issue_id AS "issueId", (extract(epoch FROM at) * 1000)::bigint AS at, kind,
         jsonb_strip_nulls(jsonb_build_object('page', body->'page', 'reason', body->'reason')) AS body
       FROM outcry.timeline WHERE issue_id = ANY($1::text[]) ORDER BY at, seq`,
      [issueIds],
    ),
    sql.query<{ issueId: string } & IssueRecordOfTimes['statements'][number]>(
      `SELECT issue_id AS "issueId", kind, facts, publications FROM outcry.statement
       WHERE issue_id = ANY($1::text[]) ORDER BY created_at_ms, id`,
      [issueIds],
    ),
  ])
  const records = new Map<string, IssueRecordOfTimes>(issueIds.map((id) => [id, { timeline: [], statements: [] }]))
  for (const { issueId, ...entry } of timeline.rows) records.get(issueId)?.timeline.push(entry)
  for (const { issueId, ...statement } of statements.rows) records.get(issueId)?.statements.push(statement)
  return records
}
