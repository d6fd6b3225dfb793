import { type Packed, asTyped } from './packed.ts'

/** Weights of words and of meaning where two posts have both, and what makes the sum comparable with words alone. */
const WORDS = 0.25
const MEANING = 0.75
/** Even posts of different issues are a little alike: with this taken off the scan's thresholds for words hold. */
const USUAL = 0.12
/** Posts from which what all have in common is half known, and from which the oldest fade. */
const HALF_KNOWN = 30
const FADE_AFTER = 4_000
/** Largest whole number a signed byte takes on both sides of zero. */
const MOST = 127

/**
 * What a model made of the posts of the neighbourhood, by their slots: directions as signed bytes, less what all posts of
 * the brand have in common (every post of an airline is about flying). Posts of which nothing was asked, or answered in
 * time, have none and are compared by their words.
 */
export class Meanings {
  #width = 0
  #rows = new Int8Array(0)
  /** One over a row's length; 0 where there is none. */
  #scales = new Float64Array(0)
  /** Sum of the directions seen, and of how many. */
  #common = new Float64Array(0)
  #seen = 0

  /** A direction less the common one, which then learns of it. One of another width is another model's: all starts anew. */
  centred(direction: Int8Array | undefined): Int8Array | undefined {
    if (!direction) return undefined
    if (direction.length !== this.#width) this.#startWith(direction.length)
    const scale = scaleOf(direction)
    const share = 1 / (this.#seen + HALF_KNOWN)
    const apart = Float64Array.from(direction, (value, at) => value * scale - this.#common[at]! * share)
    for (let at = 0; at < direction.length; at++) this.#common[at]! += direction[at]! * scale
    if (++this.#seen >= FADE_AFTER) {
      this.#seen /= 2
      for (let at = 0; at < this.#width; at++) this.#common[at]! /= 2
    }
    const largest = apart.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    return largest > 0 ? Int8Array.from(apart, (value) => Math.round((value / largest) * MOST)) : undefined
  }

  /** What the post in a slot means, centred; undefined where that is not known. */
  set(slot: number, direction: Int8Array | undefined): void {
    if (!direction) {
      if (slot < this.#scales.length) this.#scales[slot] = 0
      return
    }
    if (slot >= this.#scales.length) this.#grow(slot + 1)
    this.#rows.set(direction, slot * this.#width)
    this.#scales[slot] = scaleOf(direction)
  }

  /** Puts likeness of words and meaning in the place of the cosines of words, for every slot that has a meaning. */
  blend(products: Float64Array, direction: ArrayLike<number> | undefined): void {
    const width = this.#width
    if (!direction || direction.length !== width) return
    const scale = MEANING * scaleOf(direction)
    const rows = this.#rows
    const end = Math.min(products.length, this.#scales.length)
    for (let slot = 0; slot < end; slot++) {
      const by = this.#scales[slot]!
      if (by === 0) continue
      let product = 0
      for (let at = 0, base = slot * width; at < width; at++) product += rows[base + at]! * direction[at]!
      products[slot] = WORDS * products[slot]! + product * by * scale - USUAL
    }
  }

  /** The direction in the middle of one and of those in the slots. */
  middle(own: Int8Array, slots: readonly number[]): Float64Array {
    const width = this.#width
    const scale = scaleOf(own)
    const sum = Float64Array.from(own, (value) => value * scale)
    for (const slot of slots) {
      const by = this.#scales[slot] ?? 0
      if (by === 0) continue
      for (let at = 0, base = slot * width; at < width; at++) sum[at]! += this.#rows[base + at]! * by
    }
    return sum
  }

  /** Of the slots that are in use. */
  pack(used: readonly { slot: number }[]): Packed {
    const width = this.#width
    const kept = used.map(({ slot }) => slot).filter((slot) => (this.#scales[slot] ?? 0) > 0)
    const rows = new Uint8Array(kept.length * width)
    kept.forEach((slot, order) => rows.set(this.#rows.subarray(slot * width, (slot + 1) * width), order * width))
    return { width, slots: Int32Array.from(kept), rows, common: this.#common, seen: this.#seen }
  }

  static unpack(packed: Packed): Meanings {
    const fields = packed as Record<string, Packed>
    const made = new Meanings()
    const width = fields.width as number
    made.#startWith(width)
    made.#common = asTyped(fields.common, Float64Array)
    made.#seen = fields.seen as number
    const rows = Int8Array.from(asTyped(fields.rows, Uint8Array))
    asTyped(fields.slots, Int32Array).forEach((slot, order) =>
      made.set(slot, rows.subarray(order * width, (order + 1) * width)),
    )
    return made
  }

  #startWith(width: number): void {
    this.#width = width
    this.#rows = new Int8Array(0)
    this.#scales = new Float64Array(0)
    this.#common = new Float64Array(width)
    this.#seen = 0
  }

  #grow(least: number): void {
    const capacity = Math.max(least, this.#scales.length * 2, 64)
    const rows = new Int8Array(capacity * this.#width)
    rows.set(this.#rows)
    this.#rows = rows
    const scales = new Float64Array(capacity)
    scales.set(this.#scales)
    this.#scales = scales
  }
}

const scaleOf = (direction: ArrayLike<number>): number => {
  let squares = 0
  for (let at = 0; at < direction.length; at++) squares += direction[at]! ** 2
  return squares > 0 ? 1 / Math.sqrt(squares) : 0
}
