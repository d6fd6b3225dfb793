import { averageLink } from './average-link.ts'

/** Nearest others that each is taken together with, and how near they must be at least. */
const NEIGHBOURS = 16
const LEAST_NEAR = 0.05
/** A neighbour counts by its likeness and its size against one's own, at most this often. */
const MOST_WEIGHT = 2
/** Likeness on average from which groups become one, and what having been one already is worth. */
const LEAST_ALIKE = 0.2
const STAY_TOGETHER = 0.04

export type Gathering = {
  count: number
  /** Likeness of each with each, symmetric, `count` rows; used up. */
  likeness: Float32Array
  /** Mentions in each. */
  mentions: Float64Array
  /** The group each is in so far, as a number. */
  before: Int32Array
}

let smoothed = new Float32Array(0)
const near = new Int32Array(NEIGHBOURS)
const nearness = new Float64Array(NEIGHBOURS)

/**
 * Which micro-clusters are about the same: for each, the first of its group. Short texts on one matter often share no
 * word, but they share neighbours: each micro-cluster is taken together with its nearest before two are compared
 * (document expansion, Tao et al. 2006; shared nearest neighbours, Jarvis and Patrick 1973). Groups are then joined by
 * average link. Two that were together need to be less alike than two that were not.
 */
export const gather = ({ count, likeness, mentions, before }: Gathering): Int32Array => {
  const lists = neighbourLists(likeness, count, mentions)
  smooth(likeness, count, lists)
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      if (before[one] !== before[other]) continue
      likeness[one * count + other]! += STAY_TOGETHER
      likeness[other * count + one] = likeness[one * count + other]!
    }
  }
  return averageLink(likeness, count, mentions, LEAST_ALIKE)
}

/** `NEIGHBOURS` for each; those it lacks weigh nothing. */
type NeighbourLists = { others: Int32Array; weights: Float64Array }

const neighbourLists = (likeness: Float32Array, count: number, mentions: Float64Array): NeighbourLists => {
  const others = new Int32Array(count * NEIGHBOURS)
  const weights = new Float64Array(count * NEIGHBOURS)
  for (let one = 0; one < count; one++) {
    const size = nearestOf(likeness, count, one)
    for (let at = 0; at < size; at++) {
      others[one * NEIGHBOURS + at] = near[at]!
      const bySize = Math.min(MOST_WEIGHT, Math.sqrt(mentions[near[at]!]! / mentions[one]!))
      weights[one * NEIGHBOURS + at] = nearness[at]! * bySize
    }
  }
  return { others, weights }
}

/** Fills `near` and `nearness`, nearest first, of equals the earlier; gives how many. */
const nearestOf = (likeness: Float32Array, count: number, one: number): number => {
  let size = 0
  let least = LEAST_NEAR
  for (let other = 0; other < count; other++) {
    const value = likeness[one * count + other]!
    if (value <= least || other === one) continue
    let at = size < NEIGHBOURS ? size++ : NEIGHBOURS - 1
    for (; at > 0 && nearness[at - 1]! < value; at--) {
      near[at] = near[at - 1]!
      nearness[at] = nearness[at - 1]!
    }
    near[at] = other
    nearness[at] = value
    if (size === NEIGHBOURS) least = nearness[NEIGHBOURS - 1]!
  }
  return size
}

/** Likeness of each and its neighbours with each and its neighbours, scaled so that each is like itself by 1. */
const smooth = (likeness: Float32Array, count: number, lists: NeighbourLists): void => {
  if (smoothed.length < count * count) smoothed = new Float32Array(count * count)
  spread(likeness, smoothed, count, lists)
  transpose(smoothed, count)
  spread(smoothed, likeness, count, lists)
  const scales = Float64Array.from(
    { length: count },
    (_, one) => 1 / Math.sqrt(Math.max(1e-9, likeness[one * count + one]!)),
  )
  for (let one = 0; one < count; one++) {
    for (let other = one; other < count; other++) {
      const value = likeness[one * count + other]! * scales[one]! * scales[other]!
      likeness[one * count + other] = value
      likeness[other * count + one] = value
    }
  }
}

/** Each row with its neighbours' rows added by weight; four at a time, for fetching them is what costs. */
const spread = (from: Float32Array, into: Float32Array, count: number, { others, weights }: NeighbourLists): void => {
  for (let one = 0; one < count; one++) {
    const row = one * count
    for (let at = 0; at < count; at++) into[row + at] = from[row + at]!
    for (let entry = one * NEIGHBOURS; entry < (one + 1) * NEIGHBOURS; entry += 4) {
      const [w1, w2, w3, w4] = [weights[entry]!, weights[entry + 1]!, weights[entry + 2]!, weights[entry + 3]!]
      if (w1 === 0) break
      const a = others[entry]! * count
      const b = others[entry + 1]! * count
      const c = others[entry + 2]! * count
      const d = others[entry + 3]! * count
      for (let at = 0; at < count; at++) {
        into[row + at]! += w1 * from[a + at]! + w2 * from[b + at]! + w3 * from[c + at]! + w4 * from[d + at]!
      }
    }
  }
}

const transpose = (matrix: Float32Array, count: number): void => {
  for (let one = 0; one < count; one++) {
    for (let other = one + 1; other < count; other++) {
      const kept = matrix[one * count + other]!
      matrix[one * count + other] = matrix[other * count + one]!
      matrix[other * count + one] = kept
    }
  }
}
