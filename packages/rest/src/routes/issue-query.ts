import { IssueState, Severity } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import type { BrandScope } from '../ports-of-lists.ts'
import type { IssueFilter } from '../ports-of-issues.ts'
import { BrandFilter, SearchText } from '../views/page.ts'
import { Since, sinceMs } from '../views/times.ts'

/** Query fields that choose issues. */
export const issueQuery = {
  brand: BrandFilter,
  state: Type.Array(IssueState, { default: [], maxItems: 10, description: 'Only these states.' }),
  severity: Type.Array(Severity, { default: [], maxItems: 3, description: 'Only these severities.' }),
  since: Since,
  q: SearchText,
  page: Type.Array(Type.Union([Type.Literal('paged'), Type.Literal('held'), Type.Literal('none')]), {
    default: [],
    maxItems: 3,
    description: 'Only issues that paged, that wanted a page and were held, or that asked for none.',
  }),
  drill: Type.Optional(Type.Boolean({ description: 'Only drills, or none; both where absent.' })),
}
const IssueQuery = Type.Object(issueQuery)

export const issueFilterOf = (query: Static<typeof IssueQuery>, scope: BrandScope): IssueFilter => ({
  scope,
  brands: query.brand,
  states: query.state,
  severities: query.severity,
  since: sinceMs(query.since),
  text: query.q ?? null,
  drill: query.drill ?? null,
  pages: query.page,
})
