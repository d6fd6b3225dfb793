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
    weights: Float32Array.from(entries, ([, weight]) => weight / 10),
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
          // Eight entries, each off by half a step of its 16-bit weight at most.
          expect(Math.abs((products[slot] ?? 0) - expected)).toBeLessThan(1e-3)
          expect(expected === 0).toBe((products[slot] ?? 0) === 0)
        }
      }),
    )
  })

  it('keeps what is put but not listed from answers, and gives every vector back as it was put', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(vector, fc.boolean()), { maxLength: 40 }), vector, (put, query) => {
        const index = new SparseIndex(WIDTH)
        put.forEach(([each, listed], slot) => {
          index.put(slot, each)
          if (listed) index.list(slot)
        })
        const slots = put.map((_, slot) => slot)
        const restored = SparseIndex.unpack(index.pack(slots), slots, WIDTH)
        const into = { size: 0, features: new Int32Array(WIDTH), weights: new Float32Array(WIDTH) }
        put.forEach(([each, listed], slot) => {
          for (const one of [index, restored]) {
            one.read(slot, into)
            expect(into.size).toBe(each.size)
            expect([...into.features.subarray(0, each.size)]).toEqual([...each.features])
            each.weights.forEach((weight, at) => expect(Math.abs(into.weights[at]! - weight)).toBeLessThan(1e-4))
          }
          const product = index.products(query)[slot] ?? 0
          expect(restored.products(query)[slot] ?? 0).toBe(product)
          expect(product > 0).toBe(listed && dot(query, each) > 0)
        })
      }),
    )
  })
})
