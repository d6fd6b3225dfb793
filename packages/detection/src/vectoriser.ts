import type { Terms } from '@outcry/text'
import { keepHeaviest } from './keep-heaviest.ts'
import { type Packed, asTyped } from './packed.ts'
import { FEATURE_SPACE, type SparseVector } from './sparse-index.ts'

/** Most features kept of one text: the rarest, which carry nearly all of the cosine. */
export const VECTOR_WIDTH = 64

const MASK = FEATURE_SPACE - 1
/** Frequencies are kept in 16 bits. */
const HALVE_AT_POSTS = 65_535
/** Bits of a term id that say its kind and not which term it is. */
const KIND_BITS = 2

const sums = new Float32Array(FEATURE_SPACE)
const touched = new Int32Array(FEATURE_SPACE)
const counts = new Uint16Array(FEATURE_SPACE)
const selected = new Int32Array(FEATURE_SPACE)
const features = new Int32Array(VECTOR_WIDTH)
const weights = new Float32Array(VECTOR_WIDTH)
/** ln(count + 1) by count. */
const LOGS = Float64Array.from({ length: HALVE_AT_POSTS + 1 }, (_, count) => Math.log(count + 1))

/**
 * TF-IDF over hashed words, word pairs and character grams. Document frequencies come from the posts learned so far,
 * so a vector never depends on a later post. At 65,535 posts all frequencies are halved, again and again.
 */
export class Vectoriser {
  #frequencies = new Uint16Array(FEATURE_SPACE)
  #posts = 0

  /**
   * Unit vector of the terms, of at most `VECTOR_WIDTH` features; learns them afterwards if `learn`. Its arrays are
   * those of every vectoriser: what is kept must be copied before the next call.
   */
  vectorise(terms: Terms, learn: boolean): SparseVector {
    let count = 0
    for (let at = 0; at < terms.size; at++) {
      const bucket = (terms.ids[at]! >>> KIND_BITS) & MASK
      if (sums[bucket] === 0) touched[count++] = bucket
      sums[bucket]! += terms.weights[at]!
    }
    const vector = this.#weigh(count)
    for (let at = 0; at < count; at++) {
      const bucket = touched[at]!
      sums[bucket] = 0
      if (learn) this.#frequencies[bucket]!++
    }
    if (learn && count > 0) this.#learned()
    return vector
  }

  /** How rare a term is among the posts learned: ln((posts + 2) / (posts with it + 1)). */
  rarity(termId: number): number {
    return Math.log((this.#posts + 2) / (this.#frequencies[(termId >>> KIND_BITS) & MASK]! + 1))
  }

  pack(): Packed {
    const buckets: number[] = []
    for (let bucket = 0; bucket < FEATURE_SPACE; bucket++) if (this.#frequencies[bucket]! > 0) buckets.push(bucket)
    return {
      posts: this.#posts,
      buckets: Int32Array.from(buckets),
      frequencies: Uint32Array.from(buckets, (bucket) => this.#frequencies[bucket]!),
    }
  }

  static unpack(packed: Packed): Vectoriser {
    const { posts, buckets, frequencies } = packed as Record<string, Packed>
    const made = new Vectoriser()
    made.#posts = posts as number
    const values = asTyped(frequencies, Uint32Array)
    asTyped(buckets, Int32Array).forEach((bucket, at) => (made.#frequencies[bucket] = values[at]!))
    return made
  }

  #weigh(count: number): SparseVector {
    let kept = 0
    const most = Math.log(this.#posts + 2)
    // Frequencies lie all over memory: a loop of nothing but reads lets the processor wait for many of them at once.
    for (let at = 0; at < count; at++) counts[at] = this.#frequencies[touched[at]!]!
    for (let at = 0; at < count; at++) {
      const bucket = touched[at]!
      sums[bucket]! *= Math.max(0, most - LOGS[counts[at]!]!)
      if (sums[bucket]! > 0) selected[kept++] = bucket
    }
    if (kept > VECTOR_WIDTH) keepHeaviest(selected, kept, VECTOR_WIDTH, sums)
    const size = Math.min(kept, VECTOR_WIDTH)
    let squares = 0
    for (let at = 0; at < size; at++) squares += sums[selected[at]!]! ** 2
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let at = 0; at < size; at++) {
      const bucket = selected[at]!
      features[at] = bucket
      weights[at] = sums[bucket]! * scale
    }
    return { size, features, weights }
  }

  #learned(): void {
    this.#posts++
    if (this.#posts < HALVE_AT_POSTS) return
    this.#posts >>>= 1
    for (let bucket = 0; bucket < FEATURE_SPACE; bucket++) this.#frequencies[bucket]! >>>= 1
  }
}
