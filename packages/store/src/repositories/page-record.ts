import { type Sql, WEEK_MS } from '@outcry/contracts'
import type { IssueRow } from './alerting-state.ts'
import { ISSUE_COLUMNS } from './issue-columns.ts'

/** Weeks that achieved rate and feedback look back. */
export const PAGE_RECORD_WEEKS = 4

/** What became of a brand's page budget. */
export type PageRecord = {
  /** Pages in each of the last weeks, the newest first; `crises` of them spent nothing. */
  weeks: { pages: number; crises: number }[]
  /** Weeks of these that the brand was watched, 1 at the least. */
  weeksWatched: number
  /** Paged issues that people closed in these weeks, and how many of them they dismissed. */
  closed: number
  dismissed: number
  /** Issues that wanted a page and got none, and that nobody took. */
  held: number
}

/** The records of the brands that were asked for, drills apart. */
export const pageRecords = async (
  sql: Sql,
  brands: readonly string[],
  nowMs: number,
): Promise<Map<string, PageRecord>> => {
  const fromMs = nowMs - PAGE_RECORD_WEEKS * WEEK_MS
  const [pages, issues, watched] = await Promise.all([
    sql.query<{ brand: string; week: number; pages: number; crises: number }>(
      `SELECT brand, floor(greatest(0, $2::bigint - extract(epoch FROM stored_at) * 1000) / $4::bigint)::int AS week,
         count(*) AS pages, count(*) FILTER (WHERE body->>'severity' = 'crisis') AS crises
       FROM outcry.alert
       WHERE brand = ANY($1::text[]) AND page AND kind IN ('opened', 'escalated')
         AND stored_at > to_timestamp($3::bigint / 1000.0)
       GROUP BY 1, 2`,
      [brands, nowMs, fromMs, WEEK_MS],
    ),
    sql.query<{ brand: string; closed: number; dismissed: number; held: number }>(
      `SELECT brand, count(*) FILTER (WHERE judged) AS closed,
         count(*) FILTER (WHERE judged AND state = 'dismissed') AS dismissed,
         count(*) FILTER (WHERE page = 'held' AND state = 'open') AS held
       FROM (
         SELECT brand, page, state,
           page = 'paged' AND (body->'closed'->>'at')::bigint > $2::bigint
             AND (state = 'dismissed' OR (state = 'resolved' AND body->'closed'->>'reason' = 'person')) AS judged
         FROM outcry.issue
         WHERE brand = ANY($1::text[]) AND page <> 'none'
           AND (updated_at_ms > $2::bigint OR state IN ('open', 'acknowledged', 'announced'))
       ) AS asked
       GROUP BY brand`,
      [brands, fromMs],
    ),
    sql.query<{ brand: string; sinceMs: number }>(
      `SELECT brand, (extract(epoch FROM created_at) * 1000)::bigint AS "sinceMs" FROM outcry.brand_partition
       WHERE brand = ANY($1::text[])`,
      [brands],
    ),
  ])
  return new Map(
    brands.map((brand) => {
      const weeks = Array.from({ length: PAGE_RECORD_WEEKS }, (_, week) => {
        const row = pages.rows.find((one) => one.brand === brand && one.week === week)
        return { pages: row?.pages ?? 0, crises: row?.crises ?? 0 }
      })
      const sinceMs = watched.rows.find((row) => row.brand === brand)?.sinceMs ?? fromMs
      const weeksWatched = Math.min(PAGE_RECORD_WEEKS, Math.max(1, (nowMs - sinceMs) / WEEK_MS))
      const { closed = 0, dismissed = 0, held = 0 } = issues.rows.find((row) => row.brand === brand) ?? {}
      return [brand, { weeks, weeksWatched, closed, dismissed, held }]
    }),
  )
}

/** Issues of a brand that wanted a page and got none: open ones, and those changed since then, the most worth first. */
export const heldIssues = async (sql: Sql, brand: string, sinceMs: number, limit: number): Promise<IssueRow[]> => {
  const { rows } = await sql.query<IssueRow>(
    `SELECT ${ISSUE_COLUMNS} FROM outcry.issue
     WHERE brand = $1 AND page = 'held'
       AND (state IN ('open', 'acknowledged', 'announced') OR updated_at_ms > $2::bigint)
     ORDER BY state IN ('open', 'acknowledged', 'announced') DESC, (body->>'worth')::float8 DESC NULLS LAST,
       opened_at_ms DESC, id DESC
     LIMIT $3`,
    [brand, sinceMs, limit],
  )
  return rows
}

/** What the alerter keeps of each of the brands that has anything; read without a lock. */
export const readBrandAlerting = async (sql: Sql, brands: readonly string[]): Promise<Map<string, unknown>> => {
  const { rows } = await sql.query<{ brand: string; body: unknown }>(
    'SELECT brand, body FROM outcry.brand_alerting WHERE brand = ANY($1::text[])',
    [brands],
  )
  return new Map(rows.map(({ brand, body }) => [brand, body]))
}
