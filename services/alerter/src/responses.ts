import type { Playbook, Sql } from '@outcry/contracts'
import { type IssueResponse, issueResponses, type IssueView } from '@outcry/engine'
import type { AlertingConfig } from './alerting-settings.ts'
import { publishedStatements, unansweredOf } from '@outcry/store'

/** What people do about issues, by id, as the database says at this moment. */
export const responsesOf = async (
  sql: Sql,
  playbooks: readonly Playbook[],
  brands: AlertingConfig['brands'],
  issues: readonly IssueView[],
): Promise<Map<string, IssueResponse>> => {
  if (issues.length === 0) return new Map()
  const idsOf = (some: readonly IssueView[]) => some.map(({ id }) => id)
  // Where nobody was called nothing is due, and this is the dearest of the questions.
  const called = issues.filter(({ calledAt }) => calledAt !== null)
  return issueResponses(issues, {
    playbooks,
    brands,
    published: await publishedStatements(sql, idsOf(issues)),
    unanswered: called.length === 0 ? new Map() : await unansweredOf(sql, idsOf(called)),
  })
}
