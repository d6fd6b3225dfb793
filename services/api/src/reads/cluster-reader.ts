import type { SqlPool } from '@outcry/contracts'
import type { ClusterReader } from '@outcry/rest'
import { getCluster, listClusters } from '@outcry/store'
import { pageOf } from './page-of.ts'

/** Current clusters as the detector last wrote them. */
export const createClusterReader = (pool: SqlPool): ClusterReader => ({
  async list({ since, ...filter }, { after, limit }) {
    const place = after && { lastAtMs: Math.trunc(after.at), id: after.id }
    const clusters = await listClusters(pool, { ...filter, sinceMs: since }, place, limit + 1)
    return pageOf(clusters, limit, ({ lastAt, id }) => ({ at: lastAt, id }))
  },
  get: async (id) => getCluster(pool, id),
})
