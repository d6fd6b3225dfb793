import { type Packed, asTyped } from './packed.ts'
import { PostingLists } from './posting-lists.ts'

/** Buckets that features are hashed into. */
export const FEATURE_SPACE = 1 << 16

/** A sparse vector of hashed features: `size` entries count, features are distinct. */
export type SparseVector = { size: number; features: Int32Array; weights: Float32Array }

/**
 * Sparse vectors in numbered slots, with an inverted index over them: adding, removing and asking cost only the entries
 * concerned, and nothing is allocated per vector. At most 65,536 slots.
 */
export class SparseIndex {
  readonly width: number
  /** Entry of a slot's n-th feature: slot << shift | n. */
  readonly #shift: number
  #capacity: number
  #lists = new PostingLists(FEATURE_SPACE)
  #offsets: Uint16Array
  #features: Uint16Array
  #sizes: Uint8Array
  #products: Float64Array

  constructor(width: number, capacity = 64) {
    this.width = width
    this.#shift = 32 - Math.clz32(width - 1)
    this.#capacity = capacity
    this.#offsets = new Uint16Array(capacity << this.#shift)
    this.#features = new Uint16Array(capacity << this.#shift)
    this.#sizes = new Uint8Array(capacity)
    this.#products = new Float64Array(capacity)
  }

  /** Puts a vector of at most `width` entries into an empty slot. */
  add(slot: number, vector: SparseVector): void {
    if (slot >= this.#capacity) this.#grow(slot + 1)
    const base = slot << this.#shift
    const size = Math.min(vector.size, this.width)
    const { features, weights } = vector
    for (let at = 0; at < size; at++) {
      const feature = features[at]!
      this.#features[base + at] = feature
      this.#offsets[base + at] = this.#lists.add(feature, base + at, weights[at]!)
    }
    this.#sizes[slot] = size
  }

  remove(slot: number): void {
    const base = slot << this.#shift
    const end = base + (this.#sizes[slot] ?? 0)
    for (let entry = base; entry < end; entry++) {
      const offset = this.#offsets[entry]!
      const moved = this.#lists.remove(this.#features[entry]!, offset)
      if (moved >= 0) this.#offsets[moved] = offset
    }
    this.#sizes[slot] = 0
  }

  /** The dot product of every slot with the vector; valid until the next call. */
  products(vector: SparseVector): Float64Array {
    const products = this.#products
    const shift = this.#shift
    products.fill(0)
    const { entries, weights } = this.#lists
    for (let at = 0; at < vector.size; at++) {
      const weight = vector.weights[at]!
      const feature = vector.features[at]!
      const end = this.#lists.end(feature)
      for (let place = this.#lists.start(feature); place < end; place += 2) {
        products[entries[place]! >>> shift]! += weight * weights[place + 1]!
      }
    }
    return products
  }

  /** Copies a slot's vector into `into`, whose arrays hold at least `width` entries. */
  read(slot: number, into: SparseVector): void {
    const base = slot << this.#shift
    into.size = this.#sizes[slot]!
    for (let at = 0; at < into.size; at++) {
      const feature = this.#features[base + at]!
      into.features[at] = feature
      into.weights[at] = this.#lists.weights[this.#lists.start(feature) + 2 * this.#offsets[base + at]! + 1]!
    }
  }

  pack(slots: readonly number[]): Packed {
    const total = slots.reduce((sum, slot) => sum + this.#sizes[slot]!, 0)
    const features = new Int32Array(total)
    const weights = new Float32Array(total)
    const sizes = new Uint8Array(slots.length)
    let at = 0
    slots.forEach((slot, order) => {
      const size = this.#sizes[slot]!
      const to = { size, features: features.subarray(at, at + size), weights: weights.subarray(at, at + size) }
      this.read(slot, to)
      sizes[order] = size
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
    const grown = (old: Uint16Array) => {
      const larger = new Uint16Array(capacity << this.#shift)
      larger.set(old)
      return larger
    }
    this.#offsets = grown(this.#offsets)
    this.#features = grown(this.#features)
    const sizes = new Uint8Array(capacity)
    sizes.set(this.#sizes)
    this.#sizes = sizes
    this.#products = new Float64Array(capacity)
    this.#capacity = capacity
  }
}
