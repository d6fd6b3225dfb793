import { centroidOf } from './centroid.ts'
import type { Neighbourhood, Placed } from './neighbourhood.ts'
import { poissonTail } from './poisson.ts'
import type { Post } from './post.ts'
import type { SparseVector } from './sparse-index.ts'

/** Cosine from which two posts are near, and from which one is near a centroid. */
export const NEAR = 0.2
export const NEAR_CENTROID = 0.27
/** Cosine from which a post of some length says the same words again. */
export const SAME_WORDS = 0.93

const MIN_COPY_FEATURES = 24
const CENTROID_WIDTH = 96
const LEAST_PEOPLE_TO_LOOK = 3
const LEAST_EXPECTED_PER_HOUR = 0.15
/** Posts that follow each other ask nearly the same question: fewer independent tries than tests. */
const REPEATED_TRIES = 5
/** Score from which a post may start a scan, and from which it may belong to a neighbourhood that complains. */
export const MAY_START = 0.3
const MAY_BELONG = 0.2
const WINDOWS_MS = [1_800_000, 3_600_000] as const

/** More people than expected near one text. */
export type Burst = {
  windowMs: number
  observed: number
  expected: number
  tailProbability: number
  members: Post[]
  centroid: SparseVector
}

export type ScanRules = { falseAlarmProbability: number; minPeople: number; complaintThreshold: number }

/** True when the window already holds nearly the same words. */
export const saysTheSame = (neighbourhood: Neighbourhood, vector: SparseVector, products: Float64Array): boolean =>
  vector.size >= MIN_COPY_FEATURES && neighbourhood.recent.some(({ slot }) => products[slot]! >= SAME_WORDS)

/**
 * `products` are those from before `own` was added. Asks how many distinct people were near this text in the last half hour and hour, against the share of the brand's
 * posts that the history makes us expect: s = (h + .5) / (H + 1), expected = s / (1 - s) x (the other posts of the
 * window + 1). With three people it re-centres once on them and asks again a little closer.
 */
export const scanNear = (
  neighbourhood: Neighbourhood,
  vector: SparseVector,
  products: Float64Array,
  own: Placed,
  now: number,
  rules: ScanRules,
): Burst | undefined => {
  const near = neighbourhood.recent.filter(
    (placed) => placed !== own && products[placed.slot]! >= NEAR && !placed.post.copy,
  )
  if (distinctPeople(near) + 1 < LEAST_PEOPLE_TO_LOOK) return undefined
  const centroid = centroidOf([vector, ...near.map((placed) => neighbourhood.vectorOf(placed))], CENTROID_WIDTH)
  const close = neighbourhood.products(centroid)
  const members = neighbourhood.recent.filter(
    ({ slot, post }) => close[slot]! >= NEAR_CENTROID && !post.copy && post.complaint >= MAY_BELONG,
  )
  if (distinctPeople(members) < rules.minPeople || !complains(members, rules.complaintThreshold)) return undefined
  let best: Burst | undefined
  for (const windowMs of WINDOWS_MS) {
    const from = now - windowMs
    const inside = members.filter(({ post }) => post.at > from)
    const observed = distinctPeople(inside)
    if (observed < rules.minPeople) continue
    const others = neighbourhood.recent.filter(({ post }) => post.at > from && !post.copy).length - inside.length
    const share = historyShare(neighbourhood, close, from)
    const expected = Math.max((LEAST_EXPECTED_PER_HOUR * windowMs) / 3_600_000, (share / (1 - share)) * (others + 1))
    const tailProbability = poissonTail(observed, expected)
    if (tailProbability >= rules.falseAlarmProbability * REPEATED_TRIES) continue
    if (best && best.tailProbability <= tailProbability) continue
    best = { windowMs, observed, expected, tailProbability, members: inside.map(({ post }) => post), centroid }
  }
  return best
}

const historyShare = (neighbourhood: Neighbourhood, close: Float64Array, before: number): number => {
  let near = 0
  let all = 0
  const count = ({ slot, post, share }: Placed) => {
    if (post.copy) return
    all += 1 / share
    if (close[slot]! >= NEAR_CENTROID && post.complaint >= MAY_BELONG) near += 1 / share
  }
  neighbourhood.history.forEach(count)
  for (const placed of neighbourhood.recent) {
    if (placed.post.at > before) break
    count(placed)
  }
  return (near + 0.5) / (all + 1)
}

/** A single score is noisy; a neighbourhood complains when its posts do on average. */
const complains = (members: readonly Placed[], threshold: number): boolean =>
  members.reduce((sum, { post }) => sum + post.complaint, 0) >= threshold * members.length

const distinctPeople = (posts: readonly Placed[]): number => {
  if (posts.length < 2) return posts.length
  const people = new Set<number>()
  for (const { post } of posts) people.add(post.person)
  return people.size
}
