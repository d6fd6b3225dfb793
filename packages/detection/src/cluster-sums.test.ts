import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLUSTER_WIDTH, ClusterSums } from './cluster-sums.ts'
import type { SparseVector } from './sparse-index.ts'

/** Weights that are sums of powers of two: adding them is exact in any order. */
const vector = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 64 }).map((features): SparseVector => ({
  size: features.length,
  features: Int32Array.from(features),
  weights: Float32Array.from(features, (feature) => 1 / (1 << (feature % 5))),
}))
const entries = ({ size, features, weights }: SparseVector) =>
  Array.from({ length: size }, (_, at): [number, number] => [features[at]!, weights[at]!]).toSorted(([a], [b]) => a - b)
/** Sums side by side: what lies next to each other must not mix. */
const sumsOf = (slots: readonly (readonly SparseVector[])[]) => {
  const sums = new ClusterSums(slots.length)
  const most = Math.max(...slots.map(({ length }) => length))
  for (let at = 0; at < most; at++)
    slots.forEach((vectors, slot) => {
      if (at < vectors.length) sums.add(slot, vectors[at]!)
    })
  return sums
}
const sumOf = (vectors: readonly SparseVector[]) => sumsOf([vectors]).of(0)

describe('ClusterSums', () => {
  it('are the same in any order, in any parts and beside any others', () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 8 }), fc.nat(8), (vectors, cut) => {
        const whole = entries(sumOf(vectors))
        const parts = sumsOf([vectors.slice(0, cut), vectors, vectors.slice(cut), vectors.toReversed()])
        parts.merge(0, 2)
        expect(entries(parts.of(0))).toEqual(whole)
        expect(entries(parts.of(1))).toEqual(whole)
        expect(parts.of(2).size).toBe(0)
        expect(entries(parts.of(3))).toEqual(whole)
      }),
    )
  })

  it('give directions of length one, of the features that are heaviest', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 8 }), (vectors) => {
        const sums = sumsOf([vectors])
        const { size, features, weights } = sums.direction(0)
        expect(weights.slice(0, size).reduce((sum, weight) => sum + weight ** 2, 0)).toBeCloseTo(1, 4)
        const whole = new Map(entries(sums.of(0)))
        const kept = new Set(features.slice(0, size))
        expect(size).toBe(Math.min(CLUSTER_WIDTH, whole.size))
        const lightest = Math.min(...[...kept].map((feature) => whole.get(feature)!))
        for (const [feature, weight] of whole) expect(kept.has(feature) || weight <= lightest).toBe(true)
      }),
    )
  })
})
