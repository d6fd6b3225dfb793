import { setBits } from '@outcry/text'
import type { Neighbourhood } from './neighbourhood.ts'
import type { Post } from './post.ts'
import { type Placed, isOnlyCounted } from './slot-table.ts'
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
  if (vector.size < MIN_COPY_FEATURES || isOnlyCounted(post)) return []
  const { printHi, printLo } = post
  const { table } = neighbourhood
  const { prints, recent } = table
  const copies: Placed[] = []
  for (let at = 0; at < vector.size; at++) sums[vector.features[at]!] = vector.weights[at]!
  for (let slot = 0; slot < table.size; slot++) {
    if (recent[slot] === 0) continue
    const bits = setBits(prints[2 * slot]! ^ printHi)
    if (bits > MAYBE_BITS || bits + setBits(prints[2 * slot + 1]! ^ printLo) > MAYBE_BITS) continue
    if (neighbourhood.productWith(slot, sums) >= SAME_WORDS) copies.push(table.placed[slot]!)
  }
  for (let at = 0; at < vector.size; at++) sums[vector.features[at]!] = 0
  return copies
}
