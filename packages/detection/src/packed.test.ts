import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Packed, pack, unpack } from './packed.ts'

const { tree } = fc.letrec<{ tree: Packed }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true }),
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.float64Array({ noNaN: true, maxLength: 5 }),
    fc.int32Array({ maxLength: 5 }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      tie('tree'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
}))

/** The bytes inside a larger buffer, off by one: as a database driver hands them over. */
const insideLarger = (bytes: Uint8Array): Uint8Array => {
  class Pooled extends Uint8Array {
    override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
      return this.subarray(start, end)
    }
  }
  const pool = new Uint8Array(bytes.length + 9).fill(0xa5)
  pool.set(bytes, 1)
  return new Pooled(pool.buffer, 1, bytes.length)
}

describe('packed values', () => {
  it('come back bit for bit, also from the middle of a pooled buffer whose slices share memory', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const bytes = pack(value)
        expect(unpack(bytes)).toEqual(value)
        expect(unpack(insideLarger(bytes))).toEqual(value)
      }),
    )
  })

  it('are refused when cut short or followed by more', () => {
    const bytes = pack({ count: 1.5, names: ['a', 'b'] })
    for (let length = 0; length < bytes.length; length++)
      expect(() => unpack(bytes.subarray(0, length))).toThrow(/too early/)
    expect(() => unpack(Uint8Array.from([...bytes, 0]))).toThrow(RangeError)
  })
})
