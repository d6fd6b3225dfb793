import type { ClusterMeanings } from './cluster-meanings.ts'
import { CLUSTER_WIDTH } from './cluster-sums.ts'
import type { CommonDirection } from './common-direction.ts'
import type { MicroCluster } from './micro-cluster.ts'
import type { SparseIndex, SparseVector } from './sparse-index.ts'

/** What all texts have in common counts more than once when whole micro-clusters are compared. */
const COMMON = 1.75

const asked: SparseVector = {
  size: 0,
  features: new Int32Array(CLUSTER_WIDTH),
  weights: new Float32Array(CLUSTER_WIDTH),
}
let matrix = new Float32Array(0)

/**
 * Likeness of each micro-cluster with each, row by row, in a matrix that the next call writes over; takes anew what all
 * have in common.
 */
export const likenessOfEach = (
  all: readonly MicroCluster[],
  index: SparseIndex,
  common: CommonDirection,
  meanings: ClusterMeanings | undefined,
): Float32Array => {
  const count = all.length
  if (matrix.length < count * count) matrix = new Float32Array(count * count)
  const sums = all.map(({ slot, mentions }, one) => {
    index.read(slot, asked)
    const products = index.products(asked)
    let product = 0
    for (let other = 0; other < count; other++) {
      const { slot: otherSlot, mentions: often } = all[other]!
      matrix[one * count + other] = products[otherSlot]!
      product += products[otherSlot]! * often
    }
    return { slot, mentions, product }
  })
  common.retake(sums)
  for (let one = 0; one < count; one++) {
    const shared = COMMON * common.of(all[one]!.slot)
    const likenessTo = meanings?.likenessTo(meanings.of(all[one]!.slot))
    for (let other = 0; other <= one; other++) {
      const { slot } = all[other]!
      const words = matrix[one * count + other]! - shared * common.of(slot)
      const value = likenessTo ? likenessTo(slot, words) : words
      matrix[one * count + other] = value
      matrix[other * count + one] = value
    }
  }
  return matrix
}
