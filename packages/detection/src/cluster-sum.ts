import { keepHeaviest } from './keep-heaviest.ts'
import { FEATURE_SPACE, type SparseVector } from './sparse-index.ts'

/** Most features that a direction has, the heaviest of its sum. */
export const CLUSTER_WIDTH = 192
/** Room of a sum beyond them before the lightest are dropped, so that dropping is rare. */
const SLACK = 64
const ROOM = CLUSTER_WIDTH + SLACK
const LEAST_ROOM = 64

const weights = new Float64Array(FEATURE_SPACE)
const features = new Int32Array(FEATURE_SPACE)
const direction: SparseVector = {
  size: 0,
  features: new Int32Array(CLUSTER_WIDTH),
  weights: new Float32Array(CLUSTER_WIDTH),
}

export const emptySum = (): SparseVector => ({ size: 0, features: new Int32Array(0), weights: new Float32Array(0) })

/**
 * Adds a vector to a sum, in place where it has room. Exact up to 256 features, in either order; beyond them the
 * lightest are dropped.
 */
export const addTo = (sum: SparseVector, { size: added, features: ids, weights: by }: SparseVector): void => {
  let count = sum.size
  for (let at = 0; at < count; at++) {
    features[at] = sum.features[at]!
    weights[features[at]!] = sum.weights[at]!
  }
  for (let at = 0; at < added; at++) {
    const feature = ids[at]!
    if (weights[feature] === 0) features[count++] = feature
    weights[feature]! += by[at]!
  }
  let size = count
  if (count > ROOM) {
    keepHeaviest(features, count, CLUSTER_WIDTH, weights)
    size = CLUSTER_WIDTH
  }
  if (size > sum.features.length) {
    const room = roomFor(size)
    sum.features = new Int32Array(room)
    sum.weights = new Float32Array(room)
  }
  sum.size = size
  for (let at = 0; at < size; at++) {
    sum.features[at] = features[at]!
    sum.weights[at] = weights[features[at]!]!
  }
  for (let at = 0; at < count; at++) weights[features[at]!] = 0
}

/**
 * Unit vector of a sum with its weights damped by the square root: a feature that many members share counts less than in
 * proportion, for a cluster is about several words, not one. Its arrays are those of every direction: valid until the
 * next call.
 */
export const directionOf = (sum: SparseVector): SparseVector => {
  let size = sum.size
  for (let at = 0; at < size; at++) features[at] = sum.features[at]!
  if (size > CLUSTER_WIDTH) {
    for (let at = 0; at < size; at++) weights[features[at]!] = sum.weights[at]!
    keepHeaviest(features, size, CLUSTER_WIDTH, weights)
    size = CLUSTER_WIDTH
    let total = 0
    for (let at = 0; at < size; at++) total += direction.weights[at] = weights[features[at]!]!
    for (let at = 0; at < sum.size; at++) weights[features[at]!] = 0
    return scaled(size, total)
  }
  let total = 0
  for (let at = 0; at < size; at++) total += direction.weights[at] = sum.weights[at]!
  return scaled(size, total)
}

/** Roots of the weights, whose squares are the weights and add up to `total`. */
const scaled = (size: number, total: number): SparseVector => {
  const scale = total > 0 ? 1 / total : 0
  direction.size = size
  for (let at = 0; at < size; at++) {
    direction.features[at] = features[at]!
    direction.weights[at] = Math.sqrt(direction.weights[at]! * scale)
  }
  return direction
}

const roomFor = (size: number): number => {
  let room = LEAST_ROOM
  while (room < size) room *= 2
  return room
}
