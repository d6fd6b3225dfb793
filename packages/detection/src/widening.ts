import { keepHeaviest } from './keep-heaviest.ts'
import { FEATURE_SPACE, type SparseIndex, type SparseVector } from './sparse-index.ts'

/** Most features of a wide vector: the heaviest. */
export const WIDE_WIDTH = 96
/** Texts of the history that a new one is taken together with, and the least cosine they have with it. */
const LIKE = 8
const LEAST_LIKE = 0.1

// Shared by all brands: widening is synchronous, and leaves the sums at 0.
const sums = new Float32Array(FEATURE_SPACE)
const touched = new Int32Array(FEATURE_SPACE)
const likeSlots = new Int32Array(LIKE)
const likeness = new Float64Array(LIKE)

/**
 * Expands a short text by its nearest earlier ones, each by its likeness: words that people use for the same thing come
 * along. After document expansion in retrieval (Singhal and Pereira 1999, "Document expansion for speech retrieval";
 * Efron et al. 2012 for short texts). What is like nothing stays as it is.
 */
export class Widening {
  // One a brand: the vector is handed out, and valid until the next call.
  #vector: SparseVector = { size: 0, features: new Int32Array(WIDE_WIDTH), weights: new Float32Array(WIDE_WIDTH) }

  /** Unit vector of the text and its nearest among the listed ones of `texts`, whose slots lie below `slots`, but for its `own`. */
  widen(vector: SparseVector, texts: SparseIndex, slots: number, own = -1): SparseVector {
    const products = texts.products(vector)
    if (own >= 0) products[own] = 0
    const found = nearestOf(products, slots)
    let count = 0
    for (let at = 0; at < vector.size; at++) {
      const feature = vector.features[at]!
      sums[feature] = vector.weights[at]!
      touched[count++] = feature
    }
    for (let at = 0; at < found; at++) count = texts.addTo(likeSlots[at]!, likeness[at]!, sums, touched, count)
    return this.#direction(count)
  }

  /** Unit vector of the sum of some slots. */
  middle(index: SparseIndex, slots: readonly number[]): SparseVector {
    let count = 0
    for (const slot of slots) count = index.addTo(slot, 1, sums, touched, count)
    const { size, features, weights } = this.#direction(count)
    return { size, features: features.slice(0, size), weights: weights.slice(0, size) }
  }

  #direction(count: number): SparseVector {
    if (count > WIDE_WIDTH) keepHeaviest(touched, count, WIDE_WIDTH, sums)
    const size = Math.min(count, WIDE_WIDTH)
    const vector = this.#vector
    let squares = 0
    for (let at = 0; at < size; at++) squares += sums[touched[at]!]! ** 2
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let at = 0; at < size; at++) {
      vector.features[at] = touched[at]!
      vector.weights[at] = sums[touched[at]!]! * scale
    }
    for (let at = 0; at < count; at++) sums[touched[at]!] = 0
    vector.size = size
    return vector
  }
}

/** Fills the slots most like a text, the likest first; gives how many. Of equals the lower slot. */
const nearestOf = (products: Float64Array, slots: number): number => {
  let found = 0
  let least = LEAST_LIKE
  const end = Math.min(slots, products.length)
  for (let slot = 0; slot < end; slot++) {
    const product = products[slot]!
    if (product < least || (found === LIKE && product === least)) continue
    let at = found < LIKE ? found++ : LIKE - 1
    for (; at > 0 && likeness[at - 1]! < product; at--) {
      likeness[at] = likeness[at - 1]!
      likeSlots[at] = likeSlots[at - 1]!
    }
    likeness[at] = product
    likeSlots[at] = slot
    if (found === LIKE) least = likeness[LIKE - 1]!
  }
  return found
}
