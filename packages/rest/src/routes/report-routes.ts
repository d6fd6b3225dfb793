import { Type } from 'typebox'
import { callerOf, visible } from '../access.ts'
import type { ReportPort } from '../ports-of-reports.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import { REPORT_POLICY, reportHtml } from '../report/report-html.ts'
import { asFile } from '../report/report-file.ts'
import { reportMarkdown } from '../report/report-markdown.ts'
import { reportPdf } from '../report/report-pdf.ts'
import { IssueReportView, issueReportView } from '../views/report-view.ts'
import { Moment, momentMs } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

const ReportQuery = Type.Object(
  {
    format: Type.Union([Type.Literal('json'), Type.Literal('markdown'), Type.Literal('html'), Type.Literal('pdf')], {
      default: 'json',
    }),
    fixedAt: Type.Optional(Moment('When it was fixed, where that is known better than from what is on record.')),
  },
  { additionalProperties: false },
)
const file = (type: string) => ({ [type]: { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } })
const Report = {
  description: 'The report in the format that was asked for',
  content: {
    'application/json': { schema: IssueReportView },
    ...file('text/markdown'),
    ...file('text/html'),
    ...file('application/pdf'),
  },
}

/** What is told of an issue afterwards, for programs and for people. */
export const reportRoutes = (app: RestApp, reports: ReportPort, issues: IssueReader): void => {
  app.get(
    '/issues/:id/report',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getIssueReport',
        summary: 'The report of an issue: times, whether complaints fell, exposure, what was said and decided',
        tags: ['issues'],
        security,
        params: IdParams,
        querystring: ReportQuery,
        response: { 200: Report, ...answers({}) },
      },
    },
    async (request, reply) => {
      const { format, fixedAt } = request.query
      const issue = visible(request, await issues.find(request.params.id))
      const { report, document } = await reports.report(
        issue,
        fixedAt === undefined ? null : momentMs('querystring', 'fixedAt', fixedAt),
      )
      const name = `outcry-${issue.id}`
      switch (format) {
        case 'json':
          return reply.type('application/json').send(issueReportView(report, callerOf(request).brands))
        case 'markdown':
          return asFile(reply, `${name}.md`, 'text/markdown; charset=utf-8').send(reportMarkdown(document()))
        case 'html':
          return asFile(reply, `${name}.html`, 'text/html; charset=utf-8')
            .header('content-security-policy', REPORT_POLICY)
            .send(reportHtml(document()))
        case 'pdf':
      }
      return asFile(reply, `${name}.pdf`, 'application/pdf').send(await reportPdf(document(), report.madeAt))
    },
  )
}
