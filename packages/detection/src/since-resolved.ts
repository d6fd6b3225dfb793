import type { DetectionSettings } from '@outcry/contracts'
import { LEAST_ACCOUNTS } from './campaign.ts'
import { type FoundBurst, type Strength, strengthOf } from './found-burst.ts'
import { chanceOf, leastPeople } from './least-people.ts'

/**
 * The window of a burst by those alone who wrote after a person resolved its issue: who complained before complained of
 * what is over. Undefined where so few did that they would have opened nothing.
 */
export const sinceResolved = (
  found: FoundBurst,
  resolvedAt: number,
  settings: Pick<DetectionSettings, 'falseAlarmProbability' | 'minPeople'>,
): Strength | undefined => {
  const observed = new Set(found.members.filter(({ at }) => at > resolvedAt).map(({ person }) => person)).size
  if (observed < (found.copied === true ? LEAST_ACCOUNTS : leastPeople(found, settings))) return undefined
  return { ...strengthOf(found), observed, tailProbability: chanceOf(observed, found) }
}
