import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTo, directionOf, emptySum } from './cluster-sum.ts'
import type { SparseVector } from './sparse-index.ts'

/** Weights that are sums of powers of two: adding them is exact in any order. */
const vector = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 64 }).map((features): SparseVector => ({
  size: features.length,
  features: Int32Array.from(features),
  weights: Float32Array.from(features, (feature) => 1 / (1 << (feature % 5))),
}))
const entries = ({ size, features, weights }: SparseVector) =>
  Array.from({ length: size }, (_, at): [number, number] => [features[at]!, weights[at]!]).toSorted(([a], [b]) => a - b)
const sumOf = (vectors: readonly SparseVector[]) => {
  const sum = emptySum()
  for (const each of vectors) addTo(sum, each)
  return sum
}

describe('addTo', () => {
  it('is the same in any order and in any parts', () => {
    fc.assert(
      fc.property(fc.array(vector, { maxLength: 8 }), fc.nat(8), (vectors, cut) => {
        const parts = sumOf([sumOf(vectors.slice(0, cut)), sumOf(vectors.slice(cut))])
        expect(entries(parts)).toEqual(entries(sumOf(vectors)))
        expect(entries(sumOf(vectors.toReversed()))).toEqual(entries(sumOf(vectors)))
      }),
    )
  })
})

describe('directionOf', () => {
  it('has length one', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 1, maxLength: 8 }), (vectors) => {
        const { size, weights } = directionOf(sumOf(vectors))
        expect(weights.slice(0, size).reduce((sum, weight) => sum + weight ** 2, 0)).toBeCloseTo(1, 4)
      }),
    )
  })
})
