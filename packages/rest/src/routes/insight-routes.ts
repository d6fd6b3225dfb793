import { Type } from 'typebox'
import { callerOf } from '../access.ts'
import type { ReportPort } from '../ports-of-reports.ts'
import { BrandFilter } from '../views/page.ts'
import { WhatWorkedView, whatWorkedView } from '../views/what-worked-view.ts'
import { answers, security, type RestApp } from './answers.ts'

const WorkedQuery = Type.Object(
  {
    brand: BrandFilter,
    days: Type.Integer({ minimum: 1, maximum: 730, default: 365, description: 'Issues that opened in so many days.' }),
  },
  { additionalProperties: false },
)

/** What past issues teach. */
export const insightRoutes = (app: RestApp, reports: ReportPort): void => {
  app.get(
    '/insights/what-worked',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getWhatWorked',
        summary: 'What became of resolved issues by type, remedy and time to answer; the most frequent first',
        description:
          'Of at most 500 issues, the latest. An issue with two remedies counts under both. These are counts of what ' +
          'happened together; whether it worked because of it is for people to judge.',
        tags: ['issues'],
        security,
        querystring: WorkedQuery,
        response: answers({
          200: Type.Object({
            issues: Type.Integer({ description: 'How many were looked at.' }),
            items: Type.Array(WhatWorkedView),
          }),
        }),
      },
    },
    async (request) => {
      const { brand, days } = request.query
      const { issues, rows } = await reports.whatWorked({ scope: callerOf(request).brands, brands: brand }, days)
      return { issues, items: rows.map(whatWorkedView) }
    },
  )
}
