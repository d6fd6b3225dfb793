import type { Config, SqlPool } from '@outcry/contracts'
import { knownIssueTypes } from '@outcry/engine'
import type { IssueTypePort, IssueTypeRow, TypeExampleRow } from '@outcry/rest'
import { listToldTypes, type ToldTypeRow } from '@outcry/store'
import { pageOf } from './reads/page-of.ts'

/** The issue types that there are, those of the configuration in place of built-in ones with the same id. */
export const issueTypesOf = ({ issueTypes }: Pick<Config['detection'], 'issueTypes'>): IssueTypeRow[] => {
  const own = new Set(issueTypes.map(({ id }) => id))
  return knownIssueTypes(issueTypes).map((type) => ({ examples: [], ...type, own: own.has(type.id) }))
}

const exampleOf = ({ told, issueType: _counted, ...row }: ToldTypeRow): TypeExampleRow => ({ ...row, issueType: told })

export const createIssueTypes = (pool: SqlPool, types: readonly IssueTypeRow[]): IssueTypePort => ({
  list: () => types,
  examples: async ({ scope, issueType }, { after, limit }) => {
    const place = after && { at: Math.trunc(after.at), id: after.id }
    const rows = await listToldTypes(pool, { scope, told: issueType }, place, limit + 1)
    return pageOf(rows.map(exampleOf), limit, ({ at, issueId }) => ({ at, id: issueId }))
  },
})
