import { keepHeaviest } from './keep-heaviest.ts'
import { FEATURE_SPACE, type SparseVector } from './sparse-index.ts'

const sums = new Float64Array(FEATURE_SPACE)
const touched = new Int32Array(FEATURE_SPACE)

/** Features of a centroid that is kept. */
export const CENTROID_WIDTH = 96

/** The direction of the sum of the vectors: unit length, its `width` heaviest features. */
export const centroidOf = (vectors: readonly SparseVector[], width: number): SparseVector => {
  let count = 0
  for (const vector of vectors) {
    for (let at = 0; at < vector.size; at++) {
      const feature = vector.features[at]!
      if (sums[feature] === 0) touched[count++] = feature
      sums[feature]! += vector.weights[at]!
    }
  }
  if (count > width) keepHeaviest(touched, count, width, sums)
  const size = Math.min(width, count)
  let squares = 0
  for (let at = 0; at < size; at++) squares += sums[touched[at]!]! ** 2
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
  const centroid = { size, features: new Int32Array(size), weights: new Float32Array(size) }
  for (let at = 0; at < size; at++) {
    centroid.features[at] = touched[at]!
    centroid.weights[at] = sums[touched[at]!]! * scale
  }
  for (let at = 0; at < count; at++) sums[touched[at]!] = 0
  return centroid
}

/** Dot products of one vector with many others. */
export const productsWith = (vector: SparseVector, others: readonly SparseVector[]): number[] => {
  for (let at = 0; at < vector.size; at++) sums[vector.features[at]!] = vector.weights[at]!
  const products = others.map((other) => {
    let product = 0
    for (let at = 0; at < other.size; at++) product += other.weights[at]! * sums[other.features[at]!]!
    return product
  })
  for (let at = 0; at < vector.size; at++) sums[vector.features[at]!] = 0
  return products
}
