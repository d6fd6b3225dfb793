import { centroidOf } from './centroid.ts'
import { LONGEST_WINDOW_MS } from './neighbourhood.ts'
import { poissonTail } from './poisson.ts'
import type { Post } from './post.ts'
import type { Burst } from './scan.ts'
import type { Placed } from './slot-table.ts'
import type { SparseVector } from './sparse-index.ts'

/** Accounts that post the same words within the longest window from which it is a campaign. */
export const LEAST_ACCOUNTS = 20
/** People who happen to choose the same words in an hour. */
const EXPECTED_ACCOUNTS = 1

/**
 * Copies count towards reach, not towards people, so many accounts with one text would pass in silence. From twenty on
 * they are a campaign: shown as coordinated, for a person to judge. A storm of few accounts stays quiet.
 */
export const campaignOf = (own: Post, vector: SparseVector, copies: readonly Placed[]): Burst | undefined => {
  if (copies.length + 1 < LEAST_ACCOUNTS) return undefined
  const members = [own, ...copies.map(({ post }) => post)]
  const observed = new Set(members.map(({ person }) => person)).size
  if (observed < LEAST_ACCOUNTS) return undefined
  return {
    windowMs: LONGEST_WINDOW_MS,
    observed,
    expected: EXPECTED_ACCOUNTS,
    relativeVariance: 0,
    tailProbability: poissonTail(observed, EXPECTED_ACCOUNTS),
    members: members.sort((a, b) => a.at - b.at),
    centroid: centroidOf([vector], vector.size),
  }
}
