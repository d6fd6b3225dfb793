import type { SqlPool } from '@outcry/contracts'
import type { SuppressedReader } from '@outcry/rest'
import { listSuppressed } from '@outcry/store'
import { pageOf } from './page-of.ts'

/** Bursts that opened nothing, as the detector told them. */
export const createSuppressedReader = (pool: SqlPool): SuppressedReader => ({
  async list({ since, ...filter }, { after, limit }) {
    const place = after && { atMs: Math.trunc(after.at), id: after.id }
    const bursts = await listSuppressed(pool, { ...filter, sinceMs: since }, place, limit + 1)
    return pageOf(bursts, limit, ({ at, id }) => ({ at, id }))
  },
})
