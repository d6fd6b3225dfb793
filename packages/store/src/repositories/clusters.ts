import type { ClusterSummary, Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'

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

/** Current clusters, the latest active first, after a place in that order. */
export const listClusters = async (
  sql: Sql,
  filter: { brands?: readonly string[] | undefined; issueId?: string | undefined },
  after: { lastAtMs: number; id: string } | null,
  limit: number,
): Promise<ClusterSummary[]> => {
  const { rows } = await sql.query<{ body: ClusterSummary }>(
    `SELECT body FROM outcry.cluster
     WHERE ($1::text[] IS NULL OR brand = ANY($1)) AND ($2::text IS NULL OR issue_id = $2)
       AND ($3::bigint IS NULL OR (last_at_ms, id) < ($3, $4::text))
     ORDER BY last_at_ms DESC, id DESC LIMIT $5`,
    [filter.brands ?? null, filter.issueId ?? null, after?.lastAtMs ?? null, after?.id ?? null, limit],
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
