import { centroidOf } from './centroid.ts'
import { LONGEST_WINDOW_MS, type Neighbourhood } from './neighbourhood.ts'
import { poissonTail } from './poisson.ts'
import type { Post } from './post.ts'
import { type Burst, type NearSlots, SAME_WORDS } from './scan.ts'
import type { SparseVector } from './sparse-index.ts'

/** Accounts that post the same words within the longest window from which it is a campaign. */
export const LEAST_ACCOUNTS = 20
/** People who happen to choose the same words in an hour. */
const EXPECTED_ACCOUNTS = 1

/**
 * Copies count towards reach, not towards people, so many accounts with one text would pass in silence. From twenty on
 * they are a campaign: shown as coordinated, for a person to judge. A storm of few accounts stays quiet.
 */
export const campaignOf = (
  { table }: Neighbourhood,
  vector: SparseVector,
  products: Float64Array,
  near: NearSlots,
  own: Post,
): Burst | undefined => {
  const members: Post[] = [own]
  for (let at = 0; at < near.size; at++) {
    const slot = near.slots[at]!
    if (products[slot]! >= SAME_WORDS && table.recent[slot] === 1) members.push(table.placed[slot]!.post)
  }
  if (members.length < LEAST_ACCOUNTS) return undefined
  const observed = new Set(members.map(({ person }) => person)).size
  if (observed < LEAST_ACCOUNTS) return undefined
  return {
    windowMs: LONGEST_WINDOW_MS,
    observed,
    expected: EXPECTED_ACCOUNTS,
    tailProbability: poissonTail(observed, EXPECTED_ACCOUNTS),
    members: members.sort((a, b) => a.at - b.at),
    centroid: centroidOf([vector], vector.size),
  }
}
