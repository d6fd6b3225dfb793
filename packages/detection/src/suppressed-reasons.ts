import type { DetectionSettings, SuppressedBurst } from '@outcry/contracts'
import { LEAST_ACCOUNTS } from './campaign.ts'
import { clockTime, counted, expectation, odds, span } from './plain-words.ts'

type Told = Omit<SuppressedBurst, 'id' | 'brand' | 'at' | 'reasons'>
type Rules = Pick<DetectionSettings, 'minPeople' | 'reopenMs'>

/**
 * Why it opened nothing, in plain sentences: what decided, what was counted, since when, what would have changed it.
 *
 * @param asked tail probability below which it would have opened
 */
export const suppressedReasons = (told: Told, asked: number, settings: Rules): string[] => {
  const { observed, expected, windowMs, since, first } = told
  return [
    decidedBy(told, asked),
    `${counted(observed, 'person', 'different people')} wrote about it within ${span(windowMs)}; ` +
      `${expectation(expected)}.`,
    `It began about ${clockTime(since)} UTC.`,
    `The first post came from ${first.source} at ${clockTime(first.at)} UTC.`,
    changedBy(told, settings),
  ]
}

const decidedBy = (told: Told, asked: number): string => {
  const { reason, observed, mentions, tailProbability } = told
  switch (reason) {
    case 'chance':
      return `Chance could explain it: the odds are ${odds(tailProbability)}, and an issue opens below ${odds(asked)}.`
    case 'too-few-people':
      return `${counted(mentions, 'post')} came from only ${counted(observed, 'person', 'people')}.`
    case 'not-complaints':
      return 'Most of these posts do not complain.'
    case 'few-accounts':
      return `Much the same was posted ${mentions} times by only ${counted(observed, 'account')}.`
    case 'promotion':
      return 'Most of these posts read like an offer or a giveaway.'
    case 'late':
      return 'Most of these posts were read late, while a source caught up.'
    case 'dismissed':
      return 'It belongs to an issue that a person dismissed.'
    default:
      return reason satisfies never
  }
}

const changedBy = ({ reason, needed }: Told, { minPeople, reopenMs }: Rules): string => {
  switch (reason) {
    case 'chance':
      return `With ${needed} people it would have opened.`
    case 'too-few-people':
      return `With ${Math.max(needed, minPeople)} different people it would have opened.`
    case 'not-complaints':
      return `With ${needed} people who complain it would have opened.`
    case 'few-accounts':
      return `From ${LEAST_ACCOUNTS} accounts on it is shown as a campaign.`
    case 'promotion':
      return `With ${needed} people who complain in their own words it would have opened.`
    case 'late':
      return `With ${minPeople} people who write now it would have opened.`
    case 'dismissed':
      return `What was dismissed stays quiet for ${span(reopenMs)}.`
    default:
      return reason satisfies never
  }
}
