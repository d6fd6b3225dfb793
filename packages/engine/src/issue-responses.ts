import { type IssueResponse, issueTypeOf, type IssueView, type PublishedStatement } from '@outcry/alerting'
import { type Playbook, type Unanswered, watchedBrand } from '@outcry/contracts'
import { playbookOf } from '@outcry/response'

/** What people do about issues, by id, of what is known of them by issue, with the playbook of the type of each. */
export const issueResponses = (
  issues: readonly IssueView[],
  known: {
    playbooks: readonly Playbook[]
    published: ReadonlyMap<string, readonly PublishedStatement[]>
    unanswered: ReadonlyMap<string, Unanswered>
    brands: readonly { id: string; handles?: readonly string[] }[]
  },
): Map<string, IssueResponse> => {
  const withAccounts = new Set(known.brands.filter(({ handles = [] }) => handles.length > 0).map(({ id }) => id))
  return new Map(
    issues.map((issue) => [
      issue.id,
      {
        playbook: playbookOf(known.playbooks, issueTypeOf(issue)),
        published: known.published.get(issue.id) ?? [],
        unanswered: known.unanswered.get(issue.id) ?? null,
        accountsKnown: withAccounts.has(watchedBrand(issue.brand)),
      },
    ]),
  )
}
