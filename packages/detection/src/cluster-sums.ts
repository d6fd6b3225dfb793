import { keepHeaviest } from './keep-heaviest.ts'
import { type Packed, asTyped } from './packed.ts'
import { RowBlocks, roomFor } from './row-blocks.ts'
import { FEATURE_SPACE, type SparseVector } from './sparse-index.ts'

/** Most features that a direction has, the heaviest of its sum. */
export const CLUSTER_WIDTH = 192
/** Room of a sum beyond them before the lightest are dropped, so that dropping is rare. */
const SLACK = 64
const ROOM = CLUSTER_WIDTH + SLACK
const weights = new Float64Array(FEATURE_SPACE)
const features = new Int32Array(FEATURE_SPACE)
const direction: SparseVector = {
  size: 0,
  features: new Int32Array(CLUSTER_WIDTH),
  weights: new Float32Array(CLUSTER_WIDTH),
}

/** Sums of vectors in numbered slots; a slot is empty until something is added. */
export class ClusterSums {
  #rows = new RowBlocks((to, from, end) => {
    this.#features.copyWithin(to, from, end)
    this.#weights.copyWithin(to, from, end)
  })
  #features = new Uint16Array(0)
  #weights = new Float32Array(0)
  #sizes: Uint16Array

  constructor(slots: number) {
    this.#sizes = new Uint16Array(slots)
  }

  /**
   * Adds a vector to a slot's sum. Exact up to 256 features, in either order; beyond them the lightest are dropped.
   */
  add(slot: number, vector: SparseVector): void {
    this.#write(slot, plus(this.#load(slot), vector.size, vector.features, vector.weights, 0))
  }

  /** Adds a slot's sum to another's, and empties it. */
  merge(into: number, from: number): void {
    const start = this.#rows.start(from)
    this.#write(into, plus(this.#load(into), this.#sizes[from]!, this.#features, this.#weights, start))
    this.clear(from)
  }

  clear(slot: number): void {
    this.#sizes[slot] = 0
    this.#rows.give(slot)
  }

  /** A copy of a slot's sum. */
  of(slot: number): SparseVector {
    const start = this.#rows.start(slot)
    const size = this.#sizes[slot]!
    return {
      size,
      features: Int32Array.from(this.#features.subarray(start, start + size)),
      weights: this.#weights.slice(start, start + size),
    }
  }

  /**
   * Unit vector of a sum with its weights damped by the square root: a feature that many members share counts less than in
   * proportion, for a cluster is about several words, not one. Its arrays are those of every direction: valid until the
   * next call.
   */
  direction(slot: number): SparseVector {
    const start = this.#rows.start(slot)
    const count = this.#sizes[slot]!
    for (let at = 0; at < count; at++) features[at] = this.#features[start + at]!
    let total = 0
    if (count <= CLUSTER_WIDTH) {
      for (let at = 0; at < count; at++) total += direction.weights[at] = this.#weights[start + at]!
      return scaled(count, total)
    }
    for (let at = 0; at < count; at++) weights[features[at]!] = this.#weights[start + at]!
    keepHeaviest(features, count, CLUSTER_WIDTH, weights)
    for (let at = 0; at < CLUSTER_WIDTH; at++) total += direction.weights[at] = weights[features[at]!]!
    for (let at = 0; at < count; at++) weights[this.#features[start + at]!] = 0
    return scaled(CLUSTER_WIDTH, total)
  }

  /** The sums of these slots, in their order. */
  pack(slots: readonly number[]): Packed[] {
    return slots.map((slot) => {
      const { features, weights } = this.of(slot)
      return { features, weights }
    })
  }

  /** Puts back the packed sum of an empty slot. */
  restore(slot: number, packed: Packed): void {
    const fields = packed as Record<string, Packed>
    const features = asTyped(fields.features, Int32Array)
    this.add(slot, { size: features.length, features, weights: asTyped(fields.weights, Float32Array) })
  }

  /** Brings a sum to where it is added to; gives how many features it has. */
  #load(slot: number): number {
    const start = this.#rows.start(slot)
    const size = this.#sizes[slot]!
    for (let at = 0; at < size; at++) {
      features[at] = this.#features[start + at]!
      weights[features[at]!] = this.#weights[start + at]!
    }
    return size
  }

  /** Takes the sum back from there, of so many features. */
  #write(slot: number, count: number): void {
    let size = count
    if (count > ROOM) {
      keepHeaviest(features, count, CLUSTER_WIDTH, weights)
      size = CLUSTER_WIDTH
    }
    if (!this.#rows.fits(slot, size)) this.#move(slot, size)
    const start = this.#rows.start(slot)
    this.#sizes[slot] = size
    for (let at = 0; at < size; at++) {
      this.#features[start + at] = features[at]!
      this.#weights[start + at] = weights[features[at]!]!
    }
    for (let at = 0; at < count; at++) weights[features[at]!] = 0
  }

  /** Finds a slot another place; what lies there is written anew. */
  #move(slot: number, size: number): void {
    this.#rows.give(slot)
    this.#rows.take(slot, size)
    const { end } = this.#rows
    if (end <= this.#features.length) return
    const larger = { features: new Uint16Array(roomFor(end)), weights: new Float32Array(roomFor(end)) }
    larger.features.set(this.#features)
    larger.weights.set(this.#weights)
    this.#features = larger.features
    this.#weights = larger.weights
  }
}

/** Adds entries to what was loaded; gives how many features that has now. */
const plus = (loaded: number, added: number, ids: ArrayLike<number>, by: ArrayLike<number>, start: number): number => {
  let count = loaded
  for (let at = start; at < start + added; at++) {
    const feature = ids[at]!
    if (weights[feature] === 0) features[count++] = feature
    weights[feature]! += by[at]!
  }
  return count
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
