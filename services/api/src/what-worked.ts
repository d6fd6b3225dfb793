import { DAY_MS, type SqlPool } from '@outcry/contracts'
import { issueTypeOf, type IssueView } from '@outcry/engine'
import { pastResponse, whatWorked } from '@outcry/response'
import type { ReportPort } from '@outcry/rest'
import { outcomesOf, pastIssues, recordsOfTimes } from '@outcry/store'

const MAX_ISSUES = 500

/** What became of issues that were resolved, by how they were answered. Drills teach something else. */
export const createWhatWorked =
  (pool: SqlPool, now: () => number): ReportPort['whatWorked'] =>
  async ({ scope, brands }, days) => {
    const any = { severities: [], issueTypes: [], untilMs: null, text: null }
    const filter = { ...any, scope, brands, states: ['resolved'], fromMs: now() - days * DAY_MS, drill: false }
    const rows = await pastIssues(pool, filter, null, MAX_ISSUES)
    const ids = rows.map(({ id }) => id)
    const [records, outcomes] = await Promise.all([recordsOfTimes(pool, ids), outcomesOf(pool, ids)])
    const past = rows.map(({ id, sinceMs, openedAtMs, body }) => {
      const { timeline, statements } = records.get(id)!
      const issue = { issueType: issueTypeOf(body as IssueView), since: sinceMs, openedAt: openedAtMs }
      return pastResponse(issue, timeline, statements, outcomes.get(id) ?? {})
    })
    return { issues: past.length, rows: whatWorked(past) }
  }
