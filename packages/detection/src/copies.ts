import type { Neighbourhood } from './neighbourhood.ts'
import { MAY_BELONG, type Post } from './post.ts'
import type { Placed } from './slot-table.ts'
import { FEATURE_SPACE, type SparseVector } from './sparse-index.ts'

/** Cosine from which a post of some length says the same words again. */
const SAME_WORDS = 0.93
/** Shorter texts are alike by chance: "it is down again" is said by many. */
const MIN_COPY_FEATURES = 24
/** Differing bits of the fingerprints up to which the words are compared: those that say the same lie well below. */
const MAYBE_BITS = 14

// Shared between looks, and left at 0.
const sums = new Float32Array(FEATURE_SPACE)

/** The posts of the longest window that say nearly the same words as one that may belong to a complaint. */
export const copiesOf = (neighbourhood: Neighbourhood, vector: SparseVector, post: Post): Placed[] => {
  if (vector.size < MIN_COPY_FEATURES || post.complaint < MAY_BELONG) return []
  const { printHi, printLo } = post
  const { table } = neighbourhood
  const { prints, recent } = table
  const copies: Placed[] = []
  for (let at = 0; at < vector.size; at++) sums[vector.features[at]!] = vector.weights[at]!
  for (let slot = 0; slot < table.size; slot++) {
    if (recent[slot] === 0) continue
    const bits = ones(prints[2 * slot]! ^ printHi)
    if (bits > MAYBE_BITS || bits + ones(prints[2 * slot + 1]! ^ printLo) > MAYBE_BITS) continue
    if (neighbourhood.productWith(slot, sums) >= SAME_WORDS) copies.push(table.placed[slot]!)
  }
  for (let at = 0; at < vector.size; at++) sums[vector.features[at]!] = 0
  return copies
}

/** Bits that are set in a 32-bit number. */
const ones = (value: number): number => {
  const pairs = value - ((value >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
