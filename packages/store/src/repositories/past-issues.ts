import { ALERT_KINDS, type AlertReason, type Sql, type Statement } from '@outcry/contracts'
import type { IssueRow } from './alerting-state.ts'
import { type IssueFilter, listIssues } from './issues-read.ts'

const ENDS = ['resolved', 'dismissed', 'merged']

/** Issues that are over, the latest opened first, after a place in that order; `states` narrows the ends. */
export const pastIssues = async (
  sql: Sql,
  filter: IssueFilter,
  after: { openedAtMs: number; id: string } | null,
  limit: number,
): Promise<IssueRow[]> =>
  listIssues(sql, { ...filter, states: filter.states?.length ? filter.states : ENDS }, after, limit)

/** What happened to issues and what was said of them, as far as their times go. */
export type IssueRecordOfTimes = {
  /** Oldest first, without what moves no time; of the body `page`, `reason` and `before` only. `at` is epoch ms. */
  timeline: { at: number; kind: string; body: Record<string, unknown> }[]
  statements: Pick<Statement, 'kind' | 'facts' | 'publications'>[]
}

/** Why people were told of a step. An issue grows, and people are reminded, as often as it lasts. */
const STEPS: readonly AlertReason[] = ['acknowledged', 'announced', 'calm', 'reopened']

/** For each of the issues, also for one of which nothing is on record. */
export const recordsOfTimes = async (
  sql: Sql,
  issueIds: readonly string[],
): Promise<Map<string, IssueRecordOfTimes>> => {
  const [timeline, statements] = await Promise.all([
    sql.query<{ issueId: string } & IssueRecordOfTimes['timeline'][number]>(
      `SELECT issue_id AS "issueId", (extract(epoch FROM at) * 1000)::bigint AS at, kind,
         jsonb_strip_nulls(jsonb_build_object('page', body->'page', 'reason', body->'reason',
           'before', body->'before')) AS body
       FROM outcry.timeline
       WHERE issue_id = ANY($1::text[]) AND (kind IN ('opened', 'resolved', 'retyped')
         OR (kind = ANY($2::text[]) AND (body->'page' = 'true' OR body->>'reason' = ANY($3::text[]))))
       ORDER BY at, seq`,
      [issueIds, ALERT_KINDS, STEPS],
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
