import { type Packed, asTyped } from './packed.ts'
import { PostingLists } from './posting-lists.ts'

/** Buckets that features are hashed into. */
export const FEATURE_SPACE = 1 << 16

/** A sparse vector of hashed features: `size` entries count, features are distinct. */
export type SparseVector = { size: number; features: Int32Array; weights: Float32Array }

/**
 * Sparse vectors in numbered slots, with an inverted index over them: adding, removing and asking cost only the entries
 * concerned, and nothing is allocated per vector.
 */
export class SparseIndex {
  readonly width: number
  #capacity: number
  #lists = new PostingLists(FEATURE_SPACE)
  #offsets: Int32Array
  #features: Int32Array
  #weights: Float32Array
  #sizes: Uint8Array
  #products: Float64Array

  constructor(width: number, capacity = 64) {
    this.width = width
    this.#capacity = capacity
    this.#offsets = new Int32Array(capacity * width)
    this.#features = new Int32Array(capacity * width)
    this.#weights = new Float32Array(capacity * width)
    this.#sizes = new Uint8Array(capacity)
    this.#products = new Float64Array(capacity)
  }

  /** Puts a vector of at most `width` entries into an empty slot. */
  add(slot: number, vector: SparseVector): void {
    if (slot >= this.#capacity) this.#grow(slot + 1)
    const base = slot * this.width
    const size = Math.min(vector.size, this.width)
    for (let at = 0; at < size; at++) {
      const feature = vector.features[at]!
      this.#features[base + at] = feature
      this.#weights[base + at] = vector.weights[at]!
      this.#offsets[base + at] = this.#lists.add(feature, base + at, slot, this.#weights[base + at]!)
    }
    this.#sizes[slot] = size
  }

  remove(slot: number): void {
    const base = slot * this.width
    for (let entry = base; entry < base + this.#sizes[slot]!; entry++) {
      const moved = this.#lists.remove(this.#features[entry]!, this.#offsets[entry]!)
      if (moved >= 0) this.#offsets[moved] = this.#offsets[entry]!
    }
    this.#sizes[slot] = 0
  }

  /** The dot product of every slot with the vector; valid until the next call. */
  products(vector: SparseVector): Float64Array {
    const products = this.#products
    products.fill(0)
    const { slots, weights } = this.#lists
    for (let at = 0; at < vector.size; at++) {
      const weight = vector.weights[at]!
      const feature = vector.features[at]!
      const end = this.#lists.end(feature)
      for (let place = this.#lists.start(feature); place < end; place++) {
        products[slots[place]!]! += weight * weights[place]!
      }
    }
    return products
  }

  /** Copies a slot's vector into `into`, whose arrays hold at least `width` entries. */
  read(slot: number, into: SparseVector): void {
    const base = slot * this.width
    into.size = this.#sizes[slot]!
    into.features.set(this.#features.subarray(base, base + into.size))
    into.weights.set(this.#weights.subarray(base, base + into.size))
  }

  pack(slots: readonly number[]): Packed {
    const total = slots.reduce((sum, slot) => sum + this.#sizes[slot]!, 0)
    const features = new Int32Array(total)
    const weights = new Float32Array(total)
    const sizes = new Uint8Array(slots.length)
    let at = 0
    slots.forEach((slot, order) => {
      const size = this.#sizes[slot]!
      const base = slot * this.width
      sizes[order] = size
      features.set(this.#features.subarray(base, base + size), at)
      weights.set(this.#weights.subarray(base, base + size), at)
      at += size
    })
    return { features, weights, sizes }
  }

  static unpack(packed: Packed, slots: readonly number[], width: number): SparseIndex {
    const { features, weights, sizes } = packed as Record<string, Packed>
    const allFeatures = asTyped(features, Int32Array)
    const allWeights = asTyped(weights, Float32Array)
    const allSizes = asTyped(sizes, Uint8Array)
    const index = new SparseIndex(width)
    let at = 0
    slots.forEach((slot, order) => {
      const size = allSizes[order]!
      index.add(slot, {
        size,
        features: allFeatures.subarray(at, at + size),
        weights: allWeights.subarray(at, at + size),
      })
      at += size
    })
    return index
  }

  #grow(least: number): void {
    const capacity = Math.max(least, this.#capacity * 2)
    const grownInt = (old: Int32Array) => {
      const grown = new Int32Array(capacity * this.width)
      grown.set(old)
      return grown
    }
    this.#offsets = grownInt(this.#offsets)
    this.#features = grownInt(this.#features)
    const weights = new Float32Array(capacity * this.width)
    weights.set(this.#weights)
    this.#weights = weights
    const sizes = new Uint8Array(capacity)
    sizes.set(this.#sizes)
    this.#sizes = sizes
    this.#products = new Float64Array(capacity)
    this.#capacity = capacity
  }
}
