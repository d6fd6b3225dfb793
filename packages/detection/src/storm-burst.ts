import { CENTROID_WIDTH, centroidOf } from './centroid.ts'
import { dominantType } from './dominant-type.ts'
import type { Storm } from './few-voices.ts'
import type { NearBurst } from './near-burst.ts'
import { LONGEST_WINDOW_MS, type Neighbourhood } from './neighbourhood.ts'
import { poissonTail } from './poisson.ts'

/** Voices that any text has. */
const EXPECTED_PEOPLE = 1

/** The posts of a storm of few within the longest window, as what opened nothing; undefined where none is left. */
export const stormBurst = (
  storm: Storm,
  neighbourhood: Neighbourhood,
  now: number,
  complaintThreshold: number,
): NearBurst | undefined => {
  const from = now - LONGEST_WINDOW_MS
  const placed = neighbourhood.recent.filter(
    ({ post }) =>
      post.at > from &&
      post.complaint >= complaintThreshold &&
      ('person' in storm ? post.person === storm.person : post.cluster === storm.cluster),
  )
  if (placed.length === 0) return undefined
  const members = placed.map(({ post }) => post)
  const observed = new Set(members.map(({ person }) => person)).size
  return {
    reason: members.length > 1 && observed > 1 ? 'few-accounts' : 'too-few-people',
    rule: 'scan',
    issueType: dominantType(members),
    windowMs: LONGEST_WINDOW_MS,
    observed,
    expected: EXPECTED_PEOPLE,
    tailProbability: poissonTail(observed, EXPECTED_PEOPLE),
    members,
    centroid: centroidOf(
      placed.map((one) => neighbourhood.vectorOf(one)),
      CENTROID_WIDTH,
    ),
  }
}
