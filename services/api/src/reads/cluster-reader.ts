import type { ClusterSummary, SqlPool } from '@outcry/contracts'
import type { ClusterReader } from '@outcry/rest'
import { getCluster } from '@outcry/store'
import { inScope, likePattern, orNull, pageOf, scopeValue } from './scope-condition.ts'

const LIST = `SELECT body FROM outcry.cluster
  WHERE ${inScope('$1')}
    AND ($2::text[] IS NULL OR brand = ANY($2))
    AND ($3::bigint IS NULL OR last_at_ms >= $3)
    AND ($4::text IS NULL OR body->>'label' ILIKE $4)
    AND ($5::bigint IS NULL OR (last_at_ms, id) < ($5, $6::text))
  ORDER BY last_at_ms DESC, id DESC LIMIT $7`

/** Current clusters as the detector last wrote them. */
export const createClusterReader = (pool: SqlPool): ClusterReader => ({
  async list(filter, { after, limit }) {
    const { rows } = await pool.query<{ body: ClusterSummary }>(LIST, [
      scopeValue(filter.scope),
      orNull(filter.brands),
      filter.since,
      likePattern(filter.text),
      after && Math.trunc(after.at),
      after?.id ?? null,
      limit + 1,
    ])
    return pageOf(
      rows.map(({ body }) => body),
      limit,
      ({ lastAt, id }) => ({ at: lastAt, id }),
    )
  },
  get: async (id) => getCluster(pool, id),
})
