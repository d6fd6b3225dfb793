import { HOUR_MS, type Sql } from '@outcry/contracts'
import { own, reachOf } from './complaint-answers.ts'

/** What the stored posts of an issue add up to. Reposts are reach and nothing else, the brand's own posts are nothing. */
export type IssueFigures = {
  /** Distinct authors. */
  people: number
  posts: number
  /** Authors and followers, who may have seen it. */
  reach: number
  /** People of the hour until now, and of the hour before that. */
  lastHour: number
  hourBefore: number
  /** Posts of each source. */
  platforms: Record<string, number>
}

type Row = Omit<IssueFigures, 'platforms'> & { issueId: string; source: string | null }

/** Of each of the issues at `nowMs`; one of which no post is stored is not in it. */
export const issueFigures = async (
  sql: Sql,
  issueIds: readonly string[],
  nowMs: number,
): Promise<Map<string, IssueFigures>> => {
  const { rows } = await sql.query<Row>(
    `SELECT issue_id AS "issueId", source, count(person)::int AS people, sum(posts)::int AS posts,
       sum(reach)::bigint AS reach, count(person) FILTER (WHERE in_last_hour)::int AS "lastHour",
       count(person) FILTER (WHERE in_hour_before)::int AS "hourBefore"
     FROM (
       SELECT issue_id, source, person, count(person) AS posts, sum(reach) AS reach,
         bool_or(at > $2::bigint - ${HOUR_MS}) AS in_last_hour,
         bool_or(at > $2::bigint - ${2 * HOUR_MS} AND at <= $2::bigint - ${HOUR_MS}) AS in_hour_before
       FROM (
         SELECT issue_id, source, event_time_ms AS at, ${reachOf('mention')} AS reach,
           CASE WHEN body ->> 'repostOf' IS NULL THEN coalesce(author_id, id) END AS person
         FROM outcry.mention WHERE issue_id = ANY($1::text[]) AND NOT ${own('mention')}) AS told
       GROUP BY GROUPING SETS ((issue_id, person), (issue_id, source))) AS sums
     GROUP BY issue_id, source ORDER BY issue_id, source`,
    [issueIds, nowMs],
  )
  const figures = new Map<string, IssueFigures>()
  for (const { issueId, source, ...counted } of rows)
    if (source === null) figures.set(issueId, { ...counted, platforms: {} })
  for (const { issueId, source, posts } of rows)
    if (source !== null && posts > 0) figures.get(issueId)!.platforms[source] = posts
  return figures
}
