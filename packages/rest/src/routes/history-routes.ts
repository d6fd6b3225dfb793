import { Type } from 'typebox'
import { Severity } from '@outcry/contracts'
import { callerOf } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { HistoryReader } from '../ports-of-history.ts'
import { IssueEnd, PastIssueView, pastIssueView } from '../views/history-view.ts'
import { BrandFilter, PageOf, SearchText, pageQuery } from '../views/page.ts'
import { Since, sinceMs } from '../views/times.ts'
import { answers, security, type RestApp } from './answers.ts'

const ListQuery = Type.Object(
  {
    ...pageQuery,
    brand: BrandFilter,
    state: Type.Array(IssueEnd, { default: [], maxItems: 3, description: 'Only issues that ended so.' }),
    severity: Type.Array(Severity, { default: [], maxItems: 3, description: 'Only these severities.' }),
    type: Type.Array(Type.String({ maxLength: 63 }), {
      default: [],
      maxItems: 100,
      description: 'Only these issue types.',
    }),
    since: Type.Optional({ ...Since, description: 'Only what opened at or after this time, ISO 8601.' }),
    until: Type.Optional({ ...Since, description: 'Only what opened before this time, ISO 8601.' }),
    q: SearchText,
    drill: Type.Optional(Type.Boolean({ description: 'Only drills, or none; both where absent.' })),
  },
  { additionalProperties: false },
)

export const historyRoutes = (app: RestApp, history: HistoryReader): void => {
  app.get(
    '/history',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listHistory',
        summary: 'Issues that are over, with how long each step took, the latest opened first',
        tags: ['issues'],
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(PastIssueView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, state, severity, type, since, until, q, drill } = request.query
      const filter = {
        scope: callerOf(request).brands,
        brands: brand,
        states: state,
        severities: severity,
        issueTypes: type,
        since: sinceMs(since),
        until: sinceMs(until, 'until'),
        text: q ?? null,
        drill: drill ?? null,
      }
      return pageView(await history.list(filter, { after: decodeCursor(cursor), limit }), pastIssueView)
    },
  )
}
