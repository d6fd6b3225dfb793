import type { SqlPool } from '@outcry/contracts'
import type { IssueView } from '@outcry/engine'
import { issueDurations, issueTimes } from '@outcry/response'
import type { HistoryReader } from '@outcry/rest'
import { issueFigures, pastIssues, recordsOfTimes } from '@outcry/store'
import { issueRecord } from './issue-reader.ts'
import { pageOf } from './page-of.ts'

/** Issues that are over, with their times as timeline and publications tell them. */
export const createHistoryReader = (pool: SqlPool, now: () => number): HistoryReader => ({
  async list({ since, until, ...filter }, { after, limit }) {
    const place = after && { openedAtMs: Math.trunc(after.at), id: after.id }
    const rows = await pastIssues(pool, { ...filter, fromMs: since, untilMs: until }, place, limit + 1)
    const page = pageOf(rows, limit, ({ openedAtMs, id }) => ({ at: openedAtMs, id }))
    const ids = page.rows.map(({ id }) => id)
    const [records, figures] = await Promise.all([recordsOfTimes(pool, ids), issueFigures(pool, ids, now())])
    return {
      ...page,
      rows: page.rows.map((row) => {
        const { closed } = row.body as IssueView
        const { timeline, statements } = records.get(row.id)!
        const times = issueTimes({ since: row.sinceMs, openedAt: row.openedAtMs }, timeline, statements)
        return {
          issue: issueRecord(row, figures.get(row.id)),
          closedAt: closed?.at ?? null,
          closedBy: closed?.by ?? null,
          steps: issueDurations(times),
        }
      }),
    }
  },
})
