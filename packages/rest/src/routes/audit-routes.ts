import { Type } from 'typebox'
import { callerOf } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { AuditPort } from '../ports-of-writes.ts'
import { AuditView, auditView } from '../views/audit-view.ts'
import { BrandFilter, PageOf, pageQuery } from '../views/page.ts'
import { Since, sinceMs } from '../views/times.ts'
import { answers, security, type RestApp } from './answers.ts'

const some = (description: string) =>
  Type.Array(Type.String({ maxLength: 200 }), { default: [], maxItems: 20, description })
const ListQuery = Type.Object(
  {
    ...pageQuery,
    brand: BrandFilter,
    who: some('Only what these did; repeat for several.'),
    operation: some('Only these operations, for example acknowledgeIssue.'),
    issue: Type.Optional(Type.String({ maxLength: 200, description: 'Only what was done to this issue.' })),
    since: Since,
    until: Since,
  },
  { additionalProperties: false },
)

/** Who wrote what. An admin of some brands sees what was done to these alone. */
export const auditRoutes = (app: RestApp, audit: AuditPort): void => {
  app.get(
    '/audit',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'listAudit',
        summary: 'Every write and try to write, newest first',
        tags: ['people'],
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(AuditView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, who, operation, issue, since, until } = request.query
      const filter = {
        scope: callerOf(request).brands,
        brands: brand,
        who,
        operations: operation,
        issueId: issue ?? null,
        since: sinceMs(since),
        until: sinceMs(until, 'until'),
      }
      return pageView(await audit.list(filter, { after: decodeCursor(cursor), limit }), auditView)
    },
  )
}
