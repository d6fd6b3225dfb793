import type { DetectionSettings } from '@outcry/contracts'
import type { FoundBurst } from './found-burst.ts'
import { overdispersedTail, poissonTail } from './poisson.ts'
import { scanLimit } from './scan.ts'
import { counterLimit, judge } from './type-counters.ts'

type Asked = Pick<FoundBurst, 'rule' | 'issueType' | 'expected' | 'relativeVariance'>
type Rules = Pick<DetectionSettings, 'falseAlarmProbability' | 'minPeople'>

const MOST = 20_000

/** Tail probability below which the rule opens an issue of so many people. */
export const oddsAsked = (
  burst: Pick<FoundBurst, 'rule' | 'issueType' | 'observed' | 'relativeVariance'>,
  { falseAlarmProbability }: Pick<Rules, 'falseAlarmProbability'>,
): number =>
  burst.rule === 'counter'
    ? counterLimit(burst.issueType ?? '', burst, falseAlarmProbability)
    : scanLimit(falseAlarmProbability)

/** With how many people a burst opens where so many are expected, by the rule that looks at it. */
export const leastPeople = ({ rule, issueType, expected, relativeVariance = 0 }: Asked, settings: Rules): number => {
  const opens =
    rule === 'counter'
      ? (count: number) =>
          judge(issueType ?? '', count, { expected, relativeVariance }, settings.falseAlarmProbability)?.opens === true
      : (count: number) => chanceOf(count, { expected, relativeVariance }) < scanLimit(settings.falseAlarmProbability)
  // Unlikelier with every person more: the first that opens is found by halving.
  let low = settings.minPeople
  let high = Math.max(MOST, low)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (opens(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The odds that chance alone brings so many people or more. */
export const chanceOf = (
  count: number,
  { expected, relativeVariance = 0 }: Pick<Asked, 'expected' | 'relativeVariance'>,
): number => {
  if (count <= expected) return 1
  return relativeVariance > 0 ? overdispersedTail(count, expected, 1 / relativeVariance) : poissonTail(count, expected)
}
