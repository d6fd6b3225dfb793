import { type Evidence, type Severity, wallTime } from '@outcry/contracts'
import type { BudgetStanding } from './page-price.ts'
import { pageWorth } from './page-worth.ts'

/** From so many people on more of them make nobody surer. */
const MOST_PEOPLE = 32

/** How the sentence of a held page begins, in alerts, views and database alike. */
export const HELD = 'held: '

/** Why an issue got one of the pages of the week, counted after it. */
export const pagedReason = ({ used, budget }: BudgetStanding): string =>
  `paged: it took page ${used + 1} of ${budget} this week`

/** Why there was no page to give. */
export const spentReason = ({ used, budget, freeAt }: BudgetStanding): string =>
  budget === 0
    ? `${HELD}the page budget is 0, only a crisis pages`
    : `${HELD}${used} of ${budget} pages this week are used; ${freeAt === null ? '' : `until ${wallTime(freeAt)} `}only a crisis pages`

/** Why a page that is left was not given, and what would bring it as things stand. */
export const keptReason = (
  issue: { severity: Severity; evidence: Evidence },
  { used, budget }: BudgetStanding,
  price: number,
): string => {
  const left = budget - used
  const kept = `${left} of ${budget} pages this week ${left === 1 ? 'is' : 'are'} left and kept for graver or surer issues`
  const doubt = issue.evidence.authenticity === 'coordinated' ? 'it looks coordinated; ' : ''
  return `${HELD}${kept}; ${doubt}this one pages if it ${whatWouldPage(issue, price).join(' or ')}`
}

const whatWouldPage = ({ severity, evidence }: { severity: Severity; evidence: Evidence }, price: number): string[] => {
  const ways: string[] = []
  const isEnough = (grown: Partial<Evidence>, as = severity) =>
    pageWorth({ severity: as, evidence: { ...evidence, ...grown } }) >= price
  ways.push(severity === 'incident' && isEnough({}, 'major') ? 'becomes major' : 'becomes a crisis')
  for (let authors = evidence.authors + 1; authors <= MOST_PEOPLE; authors += 1) {
    if (!isEnough({ authors })) continue
    ways.push(`reaches ${authors} people`)
    break
  }
  return ways
}
