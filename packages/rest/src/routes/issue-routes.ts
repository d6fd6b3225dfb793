import { Type } from 'typebox'
import { callerOf, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import { MentionView, TimelineEntryView, mentionView, timelineEntryView } from '../views/issue-parts-view.ts'
import { IssueSummaryView, IssueView, issueSummaryView, issueView } from '../views/issue-view.ts'
import { PageOf, pageQuery } from '../views/page.ts'
import { IdParams, answers, security, type RestApp } from './answers.ts'
import { issueFilterOf, issueQuery } from './issue-query.ts'

const ListQuery = Type.Object({ ...pageQuery, ...issueQuery }, { additionalProperties: false })
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
      const { limit, cursor, ...query } = request.query
      const filter = issueFilterOf(query, callerOf(request).brands)
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
    async (request) => {
      const { id } = visible(request, await issues.find(request.params.id))
      return issueView(visible(request, await issues.get(id)))
    },
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
      const { id } = visible(request, await issues.find(request.params.id))
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
      const { id } = visible(request, await issues.find(request.params.id))
      const { limit, cursor } = request.query
      return pageView(await issues.timeline(id, { after: decodeCursor(cursor), limit }), timelineEntryView)
    },
  )
}
