import { Type } from 'typebox'
import { SuppressedReason } from '@outcry/contracts'
import { callerOf } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { SuppressedReader } from '../ports-of-suppressed.ts'
import { BrandFilter, PageOf, SearchText, pageQuery } from '../views/page.ts'
import { SuppressedView, suppressedView } from '../views/suppressed-view.ts'
import { Since, sinceMs } from '../views/times.ts'
import { answers, security, type RestApp } from './answers.ts'

const ListQuery = Type.Object(
  {
    ...pageQuery,
    brand: BrandFilter,
    reason: Type.Array(SuppressedReason, { default: [], maxItems: 10, description: 'Only these; repeat for several.' }),
    since: Since,
    q: SearchText,
  },
  { additionalProperties: false },
)

export const suppressedRoutes = (app: RestApp, suppressed: SuppressedReader): void => {
  app.get(
    '/suppressed',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listSuppressed',
        summary: 'Bursts that came near to an issue and opened none, newest first',
        tags: ['issues'],
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(SuppressedView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, reason, since, q } = request.query
      const filter = {
        scope: callerOf(request).brands,
        brands: brand,
        reasons: reason,
        since: sinceMs(since),
        text: q ?? null,
      }
      return pageView(await suppressed.list(filter, { after: decodeCursor(cursor), limit }), suppressedView)
    },
  )
}
