import { type KnownEvent, wallTime, watchedBrand } from '@outcry/contracts'
import { HELD } from './page-reason.ts'
import { issueTypeOf, type IssueView } from './state.ts'

/** How the sentence of a page begins that a planned event held. */
export const PLANNED = `${HELD}planned event `

/** The planned event that is on for the issue and lasts longest; null where none is. */
export const plannedEventOf = (
  events: readonly KnownEvent[],
  issue: Pick<IssueView, 'brand' | 'evidence' | 'type'>,
  nowMs: number,
): KnownEvent | null => {
  const issueType = issueTypeOf(issue)
  return events
    .filter(
      ({ kind, at, until, brands, issueTypes }) =>
        kind === 'planned' &&
        at <= nowMs &&
        (until ?? at) > nowMs &&
        (brands === null || brands.includes(watchedBrand(issue.brand))) &&
        (issueTypes === null || (issueType !== null && issueTypes.includes(issueType))),
    )
    .reduce<KnownEvent | null>(
      (longest, event) => (longest === null || endOf(event) > endOf(longest) ? event : longest),
      null,
    )
}

/** `held: planned event 'maintenance' until 2026-03-09 04:00 UTC`. */
export const plannedReason = (event: KnownEvent): string =>
  `${PLANNED}'${event.title}' until ${wallTime(endOf(event))}; it pages if it becomes major, or burns on after that`

const endOf = ({ at, until }: KnownEvent): number => until ?? at
