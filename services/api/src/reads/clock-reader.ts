import type { Clock, Config, Sql } from '@outcry/contracts'
import { isActive, issueClocks, issueResponses, type IssueView } from '@outcry/engine'
import { playbooksInForce, publishedStatements, unansweredOf } from '@outcry/store'

/** The clocks of issues at present, by issue. */
export type ClockReader = (issues: readonly IssueView[]) => Promise<Map<string, Clock[]>>

/** Clocks as the alerter counts them, from what the database says at this moment. */
export const createClockReader =
  (sql: Sql, config: Pick<Config, 'alerting' | 'brands' | 'response'>, now: () => number): ClockReader =>
  async (issues) => {
    const ids = issues.map(({ id }) => id)
    const [playbooks, published, unanswered] = await Promise.all([
      playbooksInForce(sql, config.response.playbooks),
      publishedStatements(sql, ids),
      // What is over has nobody waiting.
      unansweredOf(
        sql,
        issues.filter(isActive).map(({ id }) => id),
      ),
    ])
    const responses = issueResponses(issues, { playbooks, published, unanswered, brands: config.brands })
    return new Map(
      issues.map((issue) => [
        issue.id,
        issueClocks(issue, responses.get(issue.id)!, config.alerting.escalation, now()),
      ]),
    )
  }
