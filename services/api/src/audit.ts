import type { SqlPool } from '@outcry/contracts'
import type { AuditPort } from '@outcry/rest'
import { appendAudit, listAudit } from '@outcry/store'
import { pageOf } from './reads/page-of.ts'

/** The audit log in the database, where nothing changes it. */
export const createAudit = (pool: SqlPool, now: () => number): AuditPort => ({
  append: async (entry) => appendAudit(pool, entry, now()),
  async list(filter, { after, limit }) {
    return pageOf(await listAudit(pool, filter, after, limit + 1), limit, ({ at, id }) => ({ at, id }))
  },
})
