import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pooledVector } from './pooled-vector.ts'

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let product = 0
  let left = 0
  let right = 0
  for (let at = 0; at < a.length; at++) {
    product += a[at]! * b[at]!
    left += a[at]! ** 2
    right += b[at]! ** 2
  }
  return product / Math.sqrt(left * right)
}
const floats = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 16, maxLength: 16 })

describe('a pooled vector', () => {
  it('points where the mean of the tokens points', () => {
    fc.assert(
      fc.property(fc.array(floats, { minLength: 1, maxLength: 9 }), (tokens) => {
        const mean = Array.from({ length: 16 }, (_, at) => tokens.reduce((sum, token) => sum + token[at]!, 0))
        fc.pre(Math.max(...mean.map(Math.abs)) > 0.01)
        const pooled = pooledVector({ dims: [1, tokens.length, 16], data: Float32Array.from(tokens.flat()) })
        expect(pooled).toHaveLength(16)
        expect(cosine(pooled, mean)).toBeGreaterThan(0.99)
      }),
    )
  })

  it('is the row of a model that pools by itself', () => {
    expect(pooledVector({ dims: [1, 3], data: Float32Array.of(0.5, -0.25, 0) })).toEqual(Int8Array.of(127, -63, 0))
  })

  it('is refused where a model answers nothing or no numbers', () => {
    expect(() => pooledVector({ dims: [1, 2], data: Float32Array.of(0, 0) })).toThrow(RangeError)
    expect(() => pooledVector({ dims: [1, 2], data: Float32Array.of(Number.NaN, 1) })).toThrow(RangeError)
  })
})
