import { keepHeaviest } from './keep-heaviest.ts'
import { type Packed, asTyped } from './packed.ts'
import { FEATURE_SPACE, type SparseVector } from './sparse-index.ts'

/** Most features that a cluster keeps of its sum: the heaviest. */
export const CLUSTER_WIDTH = 192
/** Room beyond them before the lightest are dropped, so that dropping is rare. */
const SLACK = 64
/** A feature that many members share counts less than in proportion: a cluster is about several words, not one. */
const DAMPING = 0.55

const weights = new Float64Array(FEATURE_SPACE)
const features = new Int32Array(FEATURE_SPACE)

export const emptySum = (): SparseVector => ({ size: 0, features: new Int32Array(0), weights: new Float32Array(0) })

/** The sum of both, of at most `CLUSTER_WIDTH + SLACK` features; exact below that, in either order. */
export const sumOf = (sum: SparseVector, vector: SparseVector): SparseVector => {
  let count = 0
  for (const { size, features: added, weights: by } of [sum, vector]) {
    for (let at = 0; at < size; at++) {
      const feature = added[at]!
      if (weights[feature] === 0) features[count++] = feature
      weights[feature]! += by[at]!
    }
  }
  let size = count
  if (count > CLUSTER_WIDTH + SLACK) {
    keepHeaviest(features, count, CLUSTER_WIDTH, weights)
    size = CLUSTER_WIDTH
  }
  const total = { size, features: features.slice(0, size), weights: new Float32Array(size) }
  for (let at = 0; at < size; at++) total.weights[at] = weights[features[at]!]!
  for (let at = 0; at < count; at++) weights[features[at]!] = 0
  return total
}

/** Unit vector of a sum with its weights damped. */
export const directionOf = (sum: SparseVector): SparseVector => {
  for (let at = 0; at < sum.size; at++) {
    features[at] = sum.features[at]!
    weights[sum.features[at]!] = sum.weights[at]! ** DAMPING
  }
  if (sum.size > CLUSTER_WIDTH) keepHeaviest(features, sum.size, CLUSTER_WIDTH, weights)
  const size = Math.min(sum.size, CLUSTER_WIDTH)
  let squares = 0
  for (let at = 0; at < size; at++) squares += weights[features[at]!]! ** 2
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  const direction = { size, features: features.slice(0, size), weights: new Float32Array(size) }
  for (let at = 0; at < size; at++) direction.weights[at] = weights[features[at]!]! * scale
  for (let at = 0; at < sum.size; at++) weights[sum.features[at]!] = 0
  return direction
}

const HALVE_AT_TEXTS = 20_000

/** What all texts have in common: the direction of their sum. Old texts fade by halves. */
export class CommonDirection {
  #sums = new Float32Array(FEATURE_SPACE)
  #squares = 0
  #texts = 0

  /** Cosine with a unit vector. */
  cosine(vector: SparseVector): number {
    return this.#squares > 0 ? this.#product(vector) / Math.sqrt(this.#squares) : 0
  }

  add(vector: SparseVector): void {
    for (let at = 0; at < vector.size; at++) {
      const feature = vector.features[at]!
      const before = this.#sums[feature]!
      const after = Math.fround(before + vector.weights[at]!)
      this.#sums[feature] = after
      this.#squares += after ** 2 - before ** 2
    }
    if (++this.#texts < HALVE_AT_TEXTS) return
    this.#texts >>>= 1
    this.#squares /= 4
    for (let feature = 0; feature < FEATURE_SPACE; feature++) this.#sums[feature]! /= 2
  }

  pack(): Packed {
    const kept: number[] = []
    for (let feature = 0; feature < FEATURE_SPACE; feature++) if (this.#sums[feature]! > 0) kept.push(feature)
    return {
      features: Int32Array.from(kept),
      weights: Float32Array.from(kept, (feature) => this.#sums[feature]!),
      squares: this.#squares,
      texts: this.#texts,
    }
  }

  static unpack(packed: Packed): CommonDirection {
    const fields = packed as Record<string, Packed>
    const made = new CommonDirection()
    const kept = asTyped(fields.weights, Float32Array)
    asTyped(fields.features, Int32Array).forEach((feature, at) => (made.#sums[feature] = kept[at]!))
    made.#squares = fields.squares as number
    made.#texts = fields.texts as number
    return made
  }

  #product(vector: SparseVector): number {
    let product = 0
    for (let at = 0; at < vector.size; at++) product += vector.weights[at]! * this.#sums[vector.features[at]!]!
    return product
  }
}
