import { type Packed, asTyped } from './packed.ts'
import { MAX_LIST, PostingLists } from './posting-lists.ts'
import { RowBlocks, roomFor } from './row-blocks.ts'

/** Buckets that features are hashed into. */
export const FEATURE_SPACE = 1 << 15

/** A sparse vector of hashed features: `size` entries count, features are distinct, weights lie in (0, 1]. */
export type SparseVector = { size: number; features: Int32Array; weights: Float32Array }

/** Most vectors in one index: one list may hold each. */
const MAX_SLOTS = MAX_LIST
const LEAST_SLOTS = 64
const SLOT_SHIFT = 19
/** Weights are kept as whole numbers up to this. */
const UNIT = 65_535

/**
 * Sparse vectors in numbered slots, with an inverted index over those that are listed: adding, removing and asking cost
 * only the entries concerned, and nothing is allocated per vector. An entry of the index is slot, place in the slot's
 * vector and weight in 32 bits; the fewer places a vector has, the finer its weights (10 bits at least).
 */
export class SparseIndex {
  readonly width: number
  readonly #placeShift: number
  readonly #weightMask: number
  #lists = new PostingLists(FEATURE_SPACE)
  #rows = new RowBlocks((to, from, end) => {
    for (const column of [this.#features, this.#weights, this.#offsets]) column.copyWithin(to, from, end)
  })
  #features = new Uint16Array(0)
  #weights = new Uint16Array(0)
  #offsets = new Uint16Array(0)
  #sizes = new Uint8Array(LEAST_SLOTS)
  #listed = new Uint8Array(LEAST_SLOTS)
  #products = new Float64Array(LEAST_SLOTS)

  /** `width`: most entries of a vector, at most 255. */
  constructor(width: number) {
    this.width = width
    this.#placeShift = SLOT_SHIFT - (32 - Math.clz32(width - 1))
    this.#weightMask = (1 << this.#placeShift) - 1
  }

  /** Puts a vector of at most `width` entries into an empty slot and lists it. */
  add(slot: number, vector: SparseVector): void {
    this.put(slot, vector)
    this.list(slot)
  }

  /** Puts a vector into an empty slot; questions do not see it until it is listed. */
  put(slot: number, vector: SparseVector): void {
    if (slot >= this.#sizes.length) this.#growSlots(slot + 1)
    const size = Math.min(vector.size, this.width)
    if (size === 0) return
    const base = this.#rows.take(slot, size)
    if (this.#rows.end > this.#features.length) this.#growRows(roomFor(this.#rows.end))
    for (let at = 0; at < size; at++) {
      this.#features[base + at] = vector.features[at]!
      this.#weights[base + at] = Math.max(1, Math.round(vector.weights[at]! * UNIT))
    }
    this.#sizes[slot] = size
  }

  list(slot: number): void {
    const size = this.#sizes[slot]!
    if (size === 0 || this.#listed[slot] === 1) return
    this.#listed[slot] = 1
    const base = this.#rows.start(slot)
    const fineness = this.#weightMask / UNIT
    for (let at = 0; at < size; at++) {
      const weight = Math.max(1, Math.round(this.#weights[base + at]! * fineness))
      const entry = (slot << SLOT_SHIFT) | (at << this.#placeShift) | weight
      this.#offsets[base + at] = this.#lists.add(this.#features[base + at]!, entry)
    }
  }

  /** Empties a slot. */
  remove(slot: number): void {
    if (slot >= this.#sizes.length) return
    if (this.#listed[slot] === 1) this.#unlist(slot)
    this.#sizes[slot] = 0
    this.#rows.give(slot)
  }

  /** The dot product of every listed slot with the vector, to the fineness of the weights; valid until the next call. */
  products(vector: SparseVector): Float64Array {
    const products = this.#products
    products.fill(0)
    const { entries } = this.#lists
    const mask = this.#weightMask
    for (let at = 0; at < vector.size; at++) {
      const weight = vector.weights[at]! / mask
      const feature = vector.features[at]!
      const end = this.#lists.end(feature)
      for (let place = this.#lists.start(feature); place < end; place++) {
        const entry = entries[place]!
        products[entry >>> SLOT_SHIFT]! += weight * (entry & mask)
      }
    }
    return products
  }

  /** Copies a slot's vector into `into`, whose arrays hold at least `width` entries. */
  read(slot: number, into: SparseVector): void {
    const base = this.#rows.start(slot)
    into.size = this.#sizes[slot] ?? 0
    for (let at = 0; at < into.size; at++) {
      into.features[at] = this.#features[base + at]!
      into.weights[at] = this.#weights[base + at]! / UNIT
    }
  }

  /** The dot product of a slot's vector, listed or not, with dense `sums` by feature. */
  productWith(slot: number, sums: Float32Array): number {
    const base = this.#rows.start(slot)
    const end = base + (this.#sizes[slot] ?? 0)
    let product = 0
    for (let at = base; at < end; at++) product += this.#weights[at]! * sums[this.#features[at]!]!
    return product / UNIT
  }

  /** Adds a slot's vector, times `by`, to dense `sums`; features that were 0 there are appended to `touched` from `count` on. */
  addTo(slot: number, by: number, sums: Float32Array, touched: Int32Array, count: number): number {
    const base = this.#rows.start(slot)
    const end = base + (this.#sizes[slot] ?? 0)
    const scale = by / UNIT
    let next = count
    for (let entry = base; entry < end; entry++) {
      const feature = this.#features[entry]!
      if (sums[feature] === 0) touched[next++] = feature
      sums[feature]! += this.#weights[entry]! * scale
    }
    return next
  }

  pack(slots: readonly number[]): Packed {
    const total = slots.reduce((sum, slot) => sum + (this.#sizes[slot] ?? 0), 0)
    const features = new Int32Array(total)
    const weights = new Float32Array(total)
    const sizes = new Uint8Array(slots.length)
    const listed = new Uint8Array(slots.length)
    let at = 0
    slots.forEach((slot, order) => {
      const size = this.#sizes[slot] ?? 0
      const to = { size, features: features.subarray(at, at + size), weights: weights.subarray(at, at + size) }
      this.read(slot, to)
      sizes[order] = size
      listed[order] = this.#listed[slot] ?? 0
      at += size
    })
    return { features, weights, sizes, listed }
  }

  static unpack(packed: Packed, slots: readonly number[], width: number): SparseIndex {
    const fields = packed as Record<string, Packed>
    const features = asTyped(fields.features, Int32Array)
    const weights = asTyped(fields.weights, Float32Array)
    const sizes = asTyped(fields.sizes, Uint8Array)
    const listed = asTyped(fields.listed, Uint8Array)
    const index = new SparseIndex(width)
    let at = 0
    slots.forEach((slot, order) => {
      const size = sizes[order]!
      index.put(slot, { size, features: features.subarray(at, at + size), weights: weights.subarray(at, at + size) })
      if (listed[order] === 1) index.list(slot)
      at += size
    })
    return index
  }

  #unlist(slot: number): void {
    this.#listed[slot] = 0
    const base = this.#rows.start(slot)
    const end = base + this.#sizes[slot]!
    for (let at = base; at < end; at++) {
      const feature = this.#features[at]!
      const offset = this.#offsets[at]!
      if (!this.#lists.remove(feature, offset)) continue
      const moved = this.#lists.entries[this.#lists.start(feature) + offset]!
      const place = (moved & ((1 << SLOT_SHIFT) - 1)) >>> this.#placeShift
      this.#offsets[this.#rows.start(moved >>> SLOT_SHIFT) + place] = offset
    }
  }

  #growSlots(least: number): void {
    if (least > MAX_SLOTS) throw new RangeError(`an index has at most ${MAX_SLOTS} slots`)
    const slots = Math.min(MAX_SLOTS, Math.max(least, roomFor(this.#sizes.length)))
    const larger = (old: Uint8Array) => {
      const grown = new Uint8Array(slots)
      grown.set(old)
      return grown
    }
    this.#sizes = larger(this.#sizes)
    this.#listed = larger(this.#listed)
    this.#products = new Float64Array(slots)
  }

  #growRows(entries: number): void {
    const larger = (old: Uint16Array) => {
      const grown = new Uint16Array(entries)
      grown.set(old)
      return grown
    }
    this.#features = larger(this.#features)
    this.#weights = larger(this.#weights)
    this.#offsets = larger(this.#offsets)
  }
}
