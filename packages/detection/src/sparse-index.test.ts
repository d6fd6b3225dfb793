import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SparseIndex, type SparseVector } from './sparse-index.ts'

const WIDTH = 8
const vector = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: 1, max: 9 })), {
    maxLength: WIDTH,
    selector: ([f]) => f,
  })
  .map((entries): SparseVector => ({
    size: entries.length,
    features: Int32Array.from(entries, ([feature]) => feature),
    weights: Float32Array.from(entries, ([, weight]) => weight),
  }))
const dot = (a: SparseVector, b: SparseVector): number => {
  let product = 0
  for (let i = 0; i < a.size; i++) {
    for (let j = 0; j < b.size; j++) if (a.features[i] === b.features[j]) product += a.weights[i]! * b.weights[j]!
  }
  return product
}

describe('SparseIndex', () => {
  it('answers as a comparison one by one would, through additions and removals', () => {
    const step = fc.oneof(
      fc.record({ slot: fc.nat({ max: 80 }), vector }),
      fc.record({ slot: fc.nat({ max: 80 }), vector: fc.constant(null) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), vector, (steps, query) => {
        const index = new SparseIndex(WIDTH)
        const known = new Map<number, SparseVector>()
        for (const { slot, vector } of steps) {
          if (known.delete(slot)) index.remove(slot)
          if (!vector) continue
          index.add(slot, vector)
          known.set(slot, vector)
        }
        const products = index.products(query)
        for (let slot = 0; slot <= 80; slot++) {
          const expected = known.has(slot) ? dot(query, known.get(slot)!) : 0
          expect(products[slot] ?? 0).toBe(expected)
        }
      }),
    )
  })
})
