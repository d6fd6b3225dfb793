import { Type } from 'typebox'
import { IssueState, Severity } from '@outcry/contracts'
import { callerOf, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { IssueReader } from '../ports.ts'
import { MentionView, TimelineEntryView, mentionView, timelineEntryView } from '../views/issue-parts-view.ts'
import { IssueSummaryView, IssueView, issueSummaryView, issueView } from '../views/issue-view.ts'
import { BrandFilter, PageOf, SearchText, pageQuery } from '../views/page.ts'
import { Since, sinceMs } from '../views/times.ts'
import { IdParams, answers, security, type RestApp } from './answers.ts'

const ListQuery = Type.Object(
  {
    ...pageQuery,
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
  },
  { additionalProperties: false },
)
const PartQuery = Type.Object(pageQuery, { additionalProperties: false })
const tags = ['issues']

export const issueRoutes = (app: RestApp, issues: IssueReader): void => {
  app.get(
    '/issues',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listIssues',
        summary: 'Issues, newest first',
        tags,
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(IssueSummaryView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, state, severity, since, q, drill, page } = request.query
      const filter = {
        scope: callerOf(request).brands,
        brands: brand,
        states: state,
        severities: severity,
        since: sinceMs(since),
        text: q ?? null,
        drill: drill ?? null,
        pages: page,
      }
      return pageView(await issues.list(filter, { after: decodeCursor(cursor), limit }), issueSummaryView)
    },
  )

  app.get(
    '/issues/:id',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getIssue',
        summary: 'One issue with its evidence',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: IssueView }),
      },
    },
    async (request) => issueView(visible(request, await issues.get(request.params.id))),
  )

  app.get(
    '/issues/:id/mentions',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listIssueMentions',
        summary: "The issue's posts, newest first",
        tags,
        security,
        params: IdParams,
        querystring: PartQuery,
        response: answers({ 200: PageOf(MentionView) }),
      },
    },
    async (request) => {
      const { id } = visible(request, await issues.get(request.params.id))
      const { limit, cursor } = request.query
      return pageView(await issues.mentions(id, { after: decodeCursor(cursor), limit }), mentionView)
    },
  )

  app.get(
    '/issues/:id/timeline',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listIssueTimeline',
        summary: 'What happened to the issue, oldest first',
        tags,
        security,
        params: IdParams,
        querystring: PartQuery,
        response: answers({ 200: PageOf(TimelineEntryView) }),
      },
    },
    async (request) => {
      const { id } = visible(request, await issues.get(request.params.id))
      const { limit, cursor } = request.query
      return pageView(await issues.timeline(id, { after: decodeCursor(cursor), limit }), timelineEntryView)
    },
  )
}
