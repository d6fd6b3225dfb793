import type { Mention, Sql } from '@outcry/contracts'
import type { IssueRow } from './alerting-state.ts'
import { TYPE_OF_ISSUE } from './earlier-issues.ts'
import { ISSUE_COLUMNS } from './issue-columns.ts'
import { type BrandScope, inScope, likePattern, scopeValue, someOf } from './list-filter.ts'

export type IssueFilter = {
  scope?: BrandScope
  brands?: readonly string[]
  states?: readonly string[]
  severities?: readonly string[]
  drill?: boolean | null
  /** Paged in its present life, held, or neither. */
  pages?: readonly string[]
  issueTypes?: readonly string[]
  /** Opened or changed at or after. */
  sinceMs?: number | null
  /** Opened at or after, and before, epoch ms. */
  fromMs?: number | null
  untilMs?: number | null
  /** Part of the label, any case. */
  text?: string | null
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
     WHERE ${inScope('$1')}
       AND ($2::text[] IS NULL OR brand = ANY($2))
       AND ($3::text[] IS NULL OR state = ANY($3))
       AND ($4::text[] IS NULL OR severity = ANY($4))
       AND ($5::boolean IS NULL OR drill = $5)
       AND ($6::bigint IS NULL OR updated_at_ms >= $6)
       AND ($7::text IS NULL OR label ILIKE $7)
       AND ($8::bigint IS NULL OR (opened_at_ms, id) < ($8, $9::text))
       AND ($11::text[] IS NULL OR page = ANY($11))
       AND ($12::text[] IS NULL OR ${TYPE_OF_ISSUE} = ANY($12))
       AND ($13::bigint IS NULL OR opened_at_ms >= $13)
       AND ($14::bigint IS NULL OR opened_at_ms < $14)
     ORDER BY opened_at_ms DESC, id DESC LIMIT $10`,
    [
      scopeValue(filter.scope),
      someOf(filter.brands),
      someOf(filter.states),
      someOf(filter.severities),
      filter.drill ?? null,
      filter.sinceMs ?? null,
      likePattern(filter.text),
      after?.openedAtMs ?? null,
      after?.id ?? null,
      limit,
      someOf(filter.pages),
      someOf(filter.issueTypes),
      filter.fromMs ?? null,
      filter.untilMs ?? null,
    ],
  )
  return rows
}

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

/** An issue's first mentions, oldest first. */
export const firstMentions = async (sql: Sql, issueId: string, limit: number): Promise<Mention[]> => {
  const { rows } = await sql.query<{ mention: Mention }>(
    'SELECT body AS mention FROM outcry.mention WHERE issue_id = $1 ORDER BY event_time_ms, id LIMIT $2',
    [issueId, limit],
  )
  return rows.map(({ mention }) => mention)
}

/** Those of some ids that are mentions of the issue, as stored or as its evidence names them. */
export const mentionsOfIssue = async (sql: Sql, issueId: string, ids: readonly string[]): Promise<string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT id FROM outcry.mention WHERE issue_id = $1 AND id = ANY($2::text[])
     UNION SELECT named.id FROM unnest($2::text[]) AS named (id)
     WHERE EXISTS (SELECT FROM outcry.issue WHERE issue.id = $1 AND issue.body -> 'evidence' -> 'mentionIds' ? named.id)`,
    [issueId, ids],
  )
  return rows.map(({ id }) => id)
}
