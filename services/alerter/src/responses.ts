import type { Config, Sql } from '@outcry/contracts'
import { type IssueResponse, issueResponses, type IssueView } from '@outcry/engine'
import { playbooksInForce, publishedStatements, unansweredOf } from '@outcry/store'

/** What people do about issues, by id, as the database says at this moment. */
export const responsesOf = async (
  sql: Sql,
  { response }: Pick<Config, 'response'>,
  issues: readonly IssueView[],
): Promise<Map<string, IssueResponse>> => {
  if (issues.length === 0) return new Map()
  const ids = issues.map(({ id }) => id)
  return issueResponses(issues, {
    playbooks: await playbooksInForce(sql, response.playbooks),
    published: await publishedStatements(sql, ids),
    unanswered: await unansweredOf(sql, ids),
  })
}
