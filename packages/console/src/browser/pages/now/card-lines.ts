import { Fragment, h, type ComponentChildren } from 'preact'
import { Ago } from '../../kit/time.ts'
import { durationText, numberText, pageReasonText, peopleText } from '../../kit/wording.ts'
import type { IssueSummary } from '../../views/issue.ts'
import { NextDue } from './next-due.ts'
import { factorText, trendText } from './trend.ts'
import { isHeld } from './urgency.ts'

const MOST_PLATFORMS = 3
/** "bluesky 39, app-reviews 19 and 2 more". */
const platformsText = (platforms: Record<string, number>): string => {
  const all = Object.entries(platforms).sort(([, a], [, b]) => b - a)
  const named = all.slice(0, MOST_PLATFORMS).map(([platform, count]) => `${platform} ${numberText(count)}`)
  return `${named.join(', ')}${all.length > named.length ? ` and ${all.length - named.length} more` : ''}`
}

/** A share of fewer posts says more than is known. */
const FEWEST_TOLD = 5

/** Where most repeat what they heard; that people tell of themselves is the rule. */
const hearsayText = ({ firstHand, hearsay }: IssueSummary): string => {
  const told = (firstHand ?? 0) + (hearsay ?? 0)
  if (firstHand === null || told < FEWEST_TOLD || firstHand * 2 > told) return ''
  return `Mostly hearsay: ${Math.round((100 * firstHand) / told)} % tell what happened to themselves.`
}

/** The lines of a card, each null where it has nothing to say. */
export const CARD_LINES: readonly ((issue: IssueSummary) => ComponentChildren)[] = [
  ({ clocks }) => (clocks.length === 0 ? null : h(NextDue, { clocks })),
  (issue) =>
    `${peopleText(issue.observed)} in ${durationText(issue.windowMs)}, ${numberText(issue.expected)} expected${factorText(issue)}.`,
  (issue) => trendText(issue),
  (issue) =>
    h(
      Fragment,
      {},
      `${peopleText(issue.authors)} so far: ${platformsText(issue.platforms)}. Began `,
      h(Ago, { at: issue.since }),
      '.',
    ),
  hearsayText,
  (issue) => (isHeld(issue) ? `Held: ${pageReasonText(issue.pageReason)}.` : null),
]
