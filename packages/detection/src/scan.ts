import { centroidOf } from './centroid.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import { poissonTail } from './poisson.ts'
import type { Post } from './post.ts'
import type { Placed, SlotTable } from './slot-table.ts'
import type { SparseVector } from './sparse-index.ts'

/** Cosine from which two posts are near. */
const NEAR = 0.2
/** Cosines from which one is near a centroid: issues differ in how widely people word them. */
const NEAR_CENTROID = [0.27, 0.36]
/** Cosine from which a post of some length says the same words again. */
const SAME_WORDS = 0.93

const MIN_COPY_FEATURES = 24
const CENTROID_WIDTH = 96
const REMARKABLE = 0.02
/** An average is steadier than a score: it may lie a little lower. */
const NEARLY = 0.9
const LEAST_PEOPLE_TO_LOOK = 3
/** Posts that follow each other ask nearly the same question: fewer independent tries than tests. */
const REPEATED_TRIES = 2
/** Score from which a post may start a scan, and from which it may belong to a neighbourhood that complains. */
export const MAY_START = 0.3
/** Windows and the fewest people expected in them: a longer one gathers more coincidences of unlike posts. */
const WINDOWS = [
  { windowMs: 1_800_000, leastExpected: 0.075 },
  { windowMs: 3_600_000, leastExpected: 0.25 },
] as const

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
export const saysTheSame = ({ table }: Neighbourhood, vector: SparseVector, products: Float64Array): boolean => {
  if (vector.size < MIN_COPY_FEATURES) return false
  for (let slot = 0; slot < table.size; slot++)
    if (products[slot]! >= SAME_WORDS && table.recent[slot] === 1) return true
  return false
}

/**
 * `products` are those from before `own` was added. Asks how many distinct people were near this text in the last half
 * hour and hour, against the share of the brand's posts that the history makes us expect: s = (h + .5) / (H + 1),
 * expected = s / (1 - s) x (the other posts of the window + 1). Where that is remarkable it re-centres once on them and
 * asks again a little closer.
 */
export const scanNear = (
  neighbourhood: Neighbourhood,
  vector: SparseVector,
  products: Float64Array,
  own: Placed,
  now: number,
  rules: ScanRules,
): Burst | undefined => {
  const { table } = neighbourhood
  const near = placedFrom(table, products, NEAR, table.counts).filter((placed) => placed !== own)
  if (distinctPeople(near) + 1 < LEAST_PEOPLE_TO_LOOK) return undefined
  if (WINDOWS.every((window) => !remarkable(table, products, near, now - window.windowMs, window.leastExpected)))
    return undefined
  const centroid = centroidOf([vector, ...near.map((placed) => neighbourhood.vectorOf(placed))], CENTROID_WIDTH)
  const close = neighbourhood.products(centroid)
  let best: Burst | undefined
  for (const least of NEAR_CENTROID) {
    const members = placedFrom(table, close, least, table.belongs).sort((a, b) => a.post.at - b.post.at)
    if (distinctPeople(members) < rules.minPeople || !complains(members, rules.complaintThreshold)) continue
    for (const { windowMs, leastExpected } of WINDOWS) {
      const from = now - windowMs
      const inside = members.filter(({ post }) => post.at > from)
      const observed = distinctPeople(inside)
      if (observed < rules.minPeople) continue
      const expected = expectedIn(table, close, least, table.belongs, from, leastExpected, inside.length)
      const tailProbability = poissonTail(observed, expected)
      if (tailProbability >= rules.falseAlarmProbability * REPEATED_TRIES) continue
      if (best && best.tailProbability <= tailProbability) continue
      best = { windowMs, observed, expected, tailProbability, members: inside.map(({ post }) => post), centroid }
    }
  }
  return best
}

/** A first look, without re-centring: most of what is usual ends here. */
const remarkable = (
  table: SlotTable,
  products: Float64Array,
  near: readonly Placed[],
  from: number,
  leastExpected: number,
): boolean => {
  const inside = near.filter(({ post }) => post.at > from)
  const observed = distinctPeople(inside) + 1
  return (
    poissonTail(observed, expectedIn(table, products, NEAR, table.counts, from, leastExpected, inside.length + 1)) <
    REMARKABLE
  )
}

const placedFrom = (table: SlotTable, products: Float64Array, least: number, mask: Uint8Array): Placed[] => {
  const found: Placed[] = []
  for (let slot = 0; slot < table.size; slot++) {
    if (products[slot]! >= least && table.recent[slot] === 1 && mask[slot] === 1) found.push(table.placed[slot]!)
  }
  return found
}

/** People expected near: their share of what was written before, times what else is written now. */
const expectedIn = (
  table: SlotTable,
  products: Float64Array,
  least: number,
  mask: Uint8Array,
  from: number,
  leastExpected: number,
  members: number,
): number => {
  const { times, counts, recent, masses, size } = table
  let near = 0
  let all = 0
  let written = 0
  for (let slot = 0; slot < size; slot++) {
    if (counts[slot] === 0) continue
    if (times[slot]! > from) {
      written += recent[slot]!
      continue
    }
    const mass = masses[slot]!
    all += mass
    if (products[slot]! >= least && mask[slot] === 1) near += mass
  }
  const share = (near + 0.5) / (all + 1)
  return Math.max(leastExpected, (share / (1 - share)) * (written - members + 1))
}

/** A single score is noisy; a neighbourhood complains when its posts do on average. */
const complains = (members: readonly Placed[], threshold: number): boolean =>
  members.reduce((sum, { post }) => sum + post.complaint, 0) >= NEARLY * threshold * members.length

const distinctPeople = (posts: readonly Placed[]): number => {
  if (posts.length < 2) return posts.length
  const people = new Set<number>()
  for (const { post } of posts) people.add(post.person)
  return people.size
}
