import type { SourceDelay, Sql } from '@outcry/contracts'

const MOST_SOURCES = 12

/**
 * How late these mentions of a brand came in, by source: the one with most posts first, at most 12. An edit is left out,
 * because its row knows when the edit was read and not the post; so is what has no time of writing, and what is gone.
 */
export const sourceDelays = async (sql: Sql, brand: string, ids: readonly string[]): Promise<SourceDelay[]> => {
  const { rows } = await sql.query<{ source: string; posts: number; medianMs: string }>(
    `SELECT source, count(*)::int AS posts, percentile_disc(0.5) WITHIN GROUP (ORDER BY delay_ms) AS "medianMs"
     FROM (SELECT source, greatest((body->>'observedAt')::bigint - (body->>'createdAt')::bigint, 0) AS delay_ms
           FROM outcry.mention
           WHERE brand = $1 AND id = ANY($2::text[]) AND body->>'op' = 'create' AND body ? 'createdAt') AS seen
     GROUP BY source ORDER BY posts DESC, source COLLATE "C" LIMIT ${MOST_SOURCES}`,
    [brand, ids],
  )
  return rows.map(({ source, posts, medianMs }) => ({ source, posts, medianMs: Number(medianMs) }))
}
