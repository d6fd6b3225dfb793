import { isoTime } from '@outcry/contracts'
import { Type } from 'typebox'
import { callerOf, visible } from '../access.ts'
import type { ExportedComplaint, ReportPort } from '../ports-of-reports.ts'
import type { IssueReader, IssueRecord } from '../ports-of-issues.ts'
import { type Cell, csvStream } from '../report/csv-stream.ts'
import { asFile } from '../report/report-file.ts'
import { postLink } from '../views/post-link.ts'
import { issueFilterOf, issueQuery } from './issue-query.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

const Csv = {
  description: 'CSV (RFC 4180, UTF-8 with its mark); a text that begins like a formula has an apostrophe before it',
  content: { 'text/csv': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
}
const CSV_TYPE = 'text/csv; charset=utf-8; header=present'

const ISSUE_COLUMNS: Readonly<Record<string, (issue: IssueRecord) => Cell>> = {
  id: ({ id }) => id,
  brand: ({ brand }) => brand,
  label: ({ evidence }) => evidence.label,
  type: ({ issueType }) => issueType,
  severity: ({ severity }) => severity,
  state: ({ state }) => state,
  opened_at: ({ openedAt }) => isoTime(openedAt),
  updated_at: ({ updatedAt }) => isoTime(updatedAt),
  since: ({ evidence }) => isoTime(evidence.since),
  people: ({ evidence }) => evidence.authors,
  mentions: ({ evidence }) => evidence.mentions,
  expected: ({ evidence }) => evidence.expected,
  reach: ({ evidence }) => evidence.reach,
  authenticity: ({ evidence }) => evidence.authenticity,
  paged: ({ page }) => page,
  page_reason: ({ pageReason }) => pageReason,
  acknowledged_by: ({ acknowledgedBy }) => acknowledgedBy,
  recurrence_of: ({ recurrenceOf }) => recurrenceOf,
  merged_into: ({ mergedInto }) => mergedInto,
  drill: ({ drill }) => drill,
}

const COMPLAINT_COLUMNS: Readonly<Record<string, (complaint: ExportedComplaint) => Cell>> = {
  written_at: ({ at }) => isoTime(at),
  source: ({ source }) => source,
  text: ({ text }) => text,
  url: ({ url }) => postLink(url),
  language: ({ lang }) => lang,
  reach: ({ reach }) => reach,
  messages_of_person: ({ messages }) => messages.byPerson,
  messages_of_brand: ({ messages }) => messages.byBrand,
  answered_at: ({ answer }) => answer && isoTime(answer.at),
  answered_how: ({ answer }) => answer && answer.how,
  assignee: ({ assignee }) => assignee,
  moved_to: ({ handOff }) => handOff && handOff.channel,
  outcome: ({ outcome }) => outcome && outcome.is,
  outcome_at: ({ outcome }) => outcome && isoTime(outcome.at),
  authenticity: ({ authenticity }) => authenticity && authenticity.is,
}

/** Lists as files for spreadsheets, written while they are read. */
export const exportRoutes = (app: RestApp, reports: ReportPort, issues: IssueReader): void => {
  app.get(
    '/issues.csv',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'exportIssues',
        summary: 'Issues as CSV, newest first; filtered as the list',
        tags: ['issues'],
        security,
        querystring: Type.Object(issueQuery, { additionalProperties: false }),
        response: { 200: Csv, ...answers({}) },
      },
    },
    async (request, reply) => {
      const filter = issueFilterOf(request.query, callerOf(request).brands)
      return asFile(reply, 'outcry-issues.csv', CSV_TYPE).send(csvStream(reports.issues(filter), ISSUE_COLUMNS))
    },
  )

  app.get(
    '/issues/:id/complaints.csv',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'exportComplaints',
        summary: 'Complaints of an issue as CSV, the oldest first, without who wrote them',
        tags: ['issues'],
        security,
        params: IdParams,
        response: { 200: Csv, ...answers({}) },
      },
    },
    async (request, reply) => {
      const { id, drill } = visible(request, await issues.find(request.params.id))
      const rows = csvStream(reports.complaints(id), { ...COMPLAINT_COLUMNS, drill: () => drill })
      return asFile(reply, `${drill ? 'DRILL-' : ''}outcry-${id}-complaints.csv`, CSV_TYPE).send(rows)
    },
  )
}
