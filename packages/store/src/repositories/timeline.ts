import type { Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'

/** Something that happened to an issue, for people. `actor` is a token's name, or the part of Outcry that acted. */
export type TimelineRow = {
  id: string
  issueId: string
  brand: string
  atMs: number
  kind: string
  actor: string
  body: unknown
}

/** Adds entries in their order; one with an id that is there already is left as it is. */
export const appendTimeline = async (tx: Sql, rows: readonly TimelineRow[]): Promise<void> => {
  if (!rows.length) return
  await tx.query(
    `INSERT INTO outcry.timeline (id, issue_id, brand, at, kind, actor, body)
     SELECT id, "issueId", brand, to_timestamp("atMs" / 1000.0), kind, actor, body
     FROM ROWS FROM (jsonb_to_recordset($1) AS (
       id text, "issueId" text, brand text, "atMs" bigint, kind text, actor text, body jsonb
     )) WITH ORDINALITY AS row (id, "issueId", brand, "atMs", kind, actor, body, place)
     ORDER BY place
     ON CONFLICT (id) DO NOTHING`,
    [jsonText(rows)],
  )
}

/** An issue's entries after a place, oldest first; those of one millisecond as they were added. */
export const timelineOf = async (
  sql: Sql,
  issueId: string,
  after: { atMs: number; id: string } | null,
  limit: number,
): Promise<TimelineRow[]> => {
  const { rows } = await sql.query<TimelineRow>(
    `SELECT id, issue_id AS "issueId", brand, (extract(epoch FROM at) * 1000)::bigint AS "atMs", kind, actor, body
     FROM outcry.timeline
     WHERE issue_id = $1 AND ($2::bigint IS NULL OR (at, seq) >
       (to_timestamp($2::bigint / 1000.0), coalesce((SELECT seq FROM outcry.timeline WHERE id = $3), 0)))
     ORDER BY at, seq LIMIT $4`,
    [issueId, after?.atMs ?? null, after?.id ?? null, limit],
  )
  return rows
}

/**
 * An issue's entries, oldest first, with the triage of complaints summed up: what one person did in one way between two
 * other entries is one entry, at the time of its first. So a day of triage, an entry for each act, leaves room for what
 * came of it.
 */
export const foldedTimeline = async (
  sql: Sql,
  issueId: string,
  limit: number,
): Promise<Pick<TimelineRow, 'atMs' | 'kind' | 'actor' | 'body'>[]> => {
  const { rows } = await sql.query<Pick<TimelineRow, 'atMs' | 'kind' | 'actor' | 'body'>>(
    `WITH entry AS (
       SELECT at, seq, kind, actor,
         CASE kind WHEN 'triaged' THEN (body->'posts')::int END AS posts,
         CASE kind WHEN 'triaged' THEN body - 'posts' ELSE body END AS body,
         count(*) FILTER (WHERE kind <> 'triaged') OVER (ORDER BY at, seq) AS others
       FROM outcry.timeline WHERE issue_id = $1
     )
     SELECT (extract(epoch FROM min(at)) * 1000)::bigint AS "atMs", kind, actor,
       CASE kind WHEN 'triaged' THEN body || jsonb_build_object('posts', sum(posts)) ELSE body END AS body
     FROM entry GROUP BY others, kind, actor, body ORDER BY min(at), min(seq) LIMIT $2`,
    [issueId, limit],
  )
  return rows
}
