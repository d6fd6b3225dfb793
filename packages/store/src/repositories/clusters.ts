import type { ClusterSummary, Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'
import { type BrandScope, inScope, likePattern, scopeValue, someOf } from './list-filter.ts'

/** Replaces a brand's clusters with the current ones. */
export const replaceClusters = async (tx: Sql, brand: string, clusters: readonly ClusterSummary[]): Promise<void> => {
  await tx.query('DELETE FROM outcry.cluster WHERE brand = $1', [brand])
  if (!clusters.length) return
  await tx.query(
    `INSERT INTO outcry.cluster (brand, id, last_at_ms, mentions, issue_id, body)
     SELECT $1, body->>'id', (body->>'lastAt')::bigint, (body->>'mentions')::int, body->>'issueId', body
     FROM jsonb_array_elements($2::jsonb) AS body`,
    [brand, jsonText(clusters)],
  )
}

export type ClusterFilter = {
  scope?: BrandScope
  brands?: readonly string[]
  /** Seen at or after. */
  sinceMs?: number | null
  /** Part of the label, any case. */
  text?: string | null
}

/** Current clusters, the latest active first, after a place in that order. */
export const listClusters = async (
  sql: Sql,
  filter: ClusterFilter,
  after: { lastAtMs: number; id: string } | null,
  limit: number,
): Promise<ClusterSummary[]> => {
  const { rows } = await sql.query<{ body: ClusterSummary }>(
    `SELECT body FROM outcry.cluster
     WHERE ${inScope('$1')}
       AND ($2::text[] IS NULL OR brand = ANY($2))
       AND ($3::bigint IS NULL OR last_at_ms >= $3)
       AND ($4::text IS NULL OR body->>'label' ILIKE $4)
       AND ($5::bigint IS NULL OR (last_at_ms, id) < ($5, $6::text))
     ORDER BY last_at_ms DESC, id DESC LIMIT $7`,
    [
      scopeValue(filter.scope),
      someOf(filter.brands),
      filter.sinceMs ?? null,
      likePattern(filter.text),
      after?.lastAtMs ?? null,
      after?.id ?? null,
      limit,
    ],
  )
  return rows.map(({ body }) => body)
}

/** A current cluster by id; one that has ended is not found. */
export const getCluster = async (sql: Sql, id: string): Promise<ClusterSummary | null> => {
  const { rows } = await sql.query<{ body: ClusterSummary }>('SELECT body FROM outcry.cluster WHERE id = $1 LIMIT 1', [
    id,
  ])
  return rows[0]?.body ?? null
}
