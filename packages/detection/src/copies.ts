import { productsWith } from './centroid.ts'
import type { Neighbourhood } from './neighbourhood.ts'
import type { Post } from './post.ts'
import type { Placed } from './slot-table.ts'
import type { SparseVector } from './sparse-index.ts'

/** Cosine from which a post of some length says the same words again. */
const SAME_WORDS = 0.93
/** Shorter texts are alike by chance: "it is down again" is said by many. */
const MIN_COPY_FEATURES = 24
/** Differing bits of the fingerprints up to which the words are compared: those that say the same lie well below. */
const MAYBE_BITS = 18

/** The posts of the longest window that say nearly the same words. */
export const copiesOf = (neighbourhood: Neighbourhood, vector: SparseVector, { printHi, printLo }: Post): Placed[] => {
  if (vector.size < MIN_COPY_FEATURES) return []
  const { table } = neighbourhood
  const { prints, recent } = table
  const copies: Placed[] = []
  for (let slot = 0; slot < table.size; slot++) {
    if (recent[slot] === 0) continue
    const bits = ones(prints[2 * slot]! ^ printHi)
    if (bits > MAYBE_BITS || bits + ones(prints[2 * slot + 1]! ^ printLo) > MAYBE_BITS) continue
    const placed = table.placed[slot]!
    if (productsWith(vector, [neighbourhood.vectorOf(placed)])[0]! >= SAME_WORDS) copies.push(placed)
  }
  return copies
}

/** Bits that are set in a 32-bit number. */
const ones = (value: number): number => {
  const pairs = value - ((value >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
