import type { HistoryReader } from '../src/ports-of-history.ts'
import type { IssueDetail } from '../src/ports-of-issues.ts'
import { scopeCovers } from '../src/principal.ts'

const STEPS = { detected: 60_000, paged: 0, acknowledged: 120_000, briefed: null, announced: null, resolved: 600_000 }

/** Every issue of a scope as if it were over, on one page. */
export const memoryHistory = (issues: readonly IssueDetail[]): HistoryReader => ({
  list: async ({ scope, brands, states, until }) => ({
    rows: issues
      .filter(
        ({ brand, openedAt }) =>
          scopeCovers(scope, brand) &&
          (brands.length === 0 || brands.includes(brand)) &&
          (states.length === 0 || states.includes('resolved')) &&
          (until === null || openedAt < until),
      )
      .map((issue) => ({
        issue: { ...issue, state: 'resolved' },
        closedAt: issue.openedAt + 600_000,
        closedBy: 'mira',
        steps: { ...STEPS, thanked: null },
      })),
    next: null,
  }),
})
