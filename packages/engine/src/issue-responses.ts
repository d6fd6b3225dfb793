import { type IssueResponse, issueTypeOf, type IssueView, type PublishedStatement } from '@outcry/alerting'
import type { Playbook, Unanswered } from '@outcry/contracts'
import { playbookOf } from '@outcry/response'

/** What people do about issues, by id, of what is known of them by issue, with the playbook of the type of each. */
export const issueResponses = (
  issues: readonly IssueView[],
  known: {
    playbooks: readonly Playbook[]
    published: ReadonlyMap<string, readonly PublishedStatement[]>
    unanswered: ReadonlyMap<string, Unanswered>
  },
): Map<string, IssueResponse> =>
  new Map(
    issues.map((issue) => [
      issue.id,
      {
        playbook: playbookOf(known.playbooks, issueTypeOf(issue)),
        published: known.published.get(issue.id) ?? [],
        unanswered: known.unanswered.get(issue.id) ?? null,
      },
    ]),
  )
