import type { Authenticity, ComplaintOutcome, Sql, Unanswered } from '@outcry/contracts'
import { standingComplaints } from './complaint-answers.ts'
import { type ComplaintRow, type StoredComplaint, withMessages } from './complaint-row.ts'
import { someOf } from './list-filter.ts'

export type ComplaintSort = 'urgent' | 'reach' | 'age'

/** Fields that are absent filter nothing. An assignee of null is nobody. */
export type ComplaintFilter = {
  answered?: boolean | undefined
  assignee?: string | null | undefined
  outcomes?: readonly (ComplaintOutcome | 'none')[] | undefined
  /** As a person judged them. */
  authenticity?: readonly (Authenticity | 'none')[] | undefined
}

/** Twice the reach is as urgent as half an hour more of waiting. */
const DOUBLE_REACH_MS = 1_800_000
/** Beyond every time: answered ones come after all others. */
const AFTER_ALL = 100_000_000_000_000

const KEY: Readonly<Record<ComplaintSort, string>> = {
  urgent: `(CASE WHEN is_answered THEN ${AFTER_ALL} ELSE 0 END
    + at - round(${DOUBLE_REACH_MS} * ln(reach::float8) / ln(2::float8)))::bigint`,
  reach: '(-reach)',
  age: 'at',
}

/** Complaints of an issue in one of three orders: the most urgent, those of most reach, or the oldest first. */
export const listComplaints = async (
  sql: Sql,
  issueId: string,
  filter: ComplaintFilter,
  sort: ComplaintSort,
  after: { key: number; id: string } | null,
  limit: number,
): Promise<ComplaintRow[]> => {
  const { rows } = await sql.query<StoredComplaint>(
    `WITH RECURSIVE ${standingComplaints('ARRAY[$1]')},
     page AS (
       SELECT standing.*, ${KEY[sort]} AS key FROM standing
       WHERE ($2::boolean IS NULL OR is_answered = $2)
         AND (NOT $3 OR assignee IS NOT DISTINCT FROM $4)
         AND ($5::text[] IS NULL OR coalesce(outcome, 'none') = ANY($5))
         AND ($6::text[] IS NULL OR coalesce(authenticity, 'none') = ANY($6))
         AND ($7::bigint IS NULL OR (${KEY[sort]}, id) > ($7, $8::text))
       ORDER BY key, id LIMIT $9)
     SELECT page.*, mention.body, mention.complaint, mention.lang
     FROM page JOIN outcry.mention ON mention.brand = page.brand AND mention.id = page.id ORDER BY key, id`,
    [
      issueId,
      filter.answered ?? null,
      filter.assignee !== undefined,
      filter.assignee ?? null,
      someOf(filter.outcomes),
      someOf(filter.authenticity),
      after?.key ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return withMessages(sql, rows)
}

/** Those of some posts that are complaints of an issue, in no order. */
export const complaintsAmong = async (
  sql: Sql,
  issueId: string,
  mentionIds: readonly string[],
): Promise<ComplaintRow[]> => {
  const { rows } = await sql.query<StoredComplaint>(
    `WITH RECURSIVE ${standingComplaints('ARRAY[$1]')}
     SELECT standing.*, at AS key, mention.body, mention.complaint, mention.lang
     FROM standing JOIN outcry.mention ON mention.brand = standing.brand AND mention.id = standing.id
     WHERE standing.id = ANY($2::text[])`,
    [issueId, mentionIds],
  )
  return withMessages(sql, rows)
}

/** How the complaints of each issue stand; an issue without any is not in it. */
export const unansweredOf = async (sql: Sql, issueIds: readonly string[]): Promise<Map<string, Unanswered>> => {
  const { rows } = await sql.query<Unanswered & { issueId: string }>(
    `WITH RECURSIVE ${standingComplaints('$1')}
     SELECT issue_id AS "issueId", count(*)::int AS complaints,
       count(*) FILTER (WHERE NOT is_answered)::int AS unanswered,
       min(at) FILTER (WHERE NOT is_answered) AS "oldestUnansweredAt",
       coalesce(sum(reach) FILTER (WHERE NOT is_answered), 0)::bigint AS "reachUnanswered"
     FROM standing GROUP BY issue_id`,
    [issueIds],
  )
  return new Map(rows.map(({ issueId, ...standing }) => [issueId, standing]))
}

/** How many complaints of an issue have each outcome, assignee and judgement of a person. */
export type ComplaintCounts = {
  outcomes: Record<string, number>
  assignees: Record<string, number>
  authenticity: Record<string, number>
  handedOff: number
}

export const complaintCounts = async (sql: Sql, issueId: string): Promise<ComplaintCounts> => {
  const { rows } = await sql.query<{ what: string; value: string; complaints: number }>(
    `SELECT what, value, count(*)::int AS complaints
     FROM outcry.complaint JOIN outcry.mention ON mention.brand = complaint.brand AND mention.id = complaint.mention_id
     CROSS JOIN LATERAL (VALUES ('outcomes', outcome), ('assignees', assignee), ('authenticity', authenticity),
       ('handedOff', hand_off)) AS said (what, value)
     WHERE mention.issue_id = $1 AND value IS NOT NULL GROUP BY what, value ORDER BY what, value`,
    [issueId],
  )
  const counts = (what: string) =>
    Object.fromEntries(rows.filter((row) => row.what === what).map(({ value, complaints }) => [value, complaints]))
  return {
    outcomes: counts('outcomes'),
    assignees: counts('assignees'),
    authenticity: counts('authenticity'),
    handedOff: Object.values(counts('handedOff')).reduce((sum, each) => sum + each, 0),
  }
}
