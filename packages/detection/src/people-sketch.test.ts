import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PeopleSketch } from './people-sketch.ts'

const people = fc.array(fc.integer({ min: 0, max: 2 ** 52 }), { maxLength: 3_000 })
const sketchOf = (hashes: readonly number[]): PeopleSketch => {
  const sketch = new PeopleSketch()
  for (const hash of hashes) sketch.add(hash)
  return sketch
}

describe('PeopleSketch', () => {
  it('counts distinct people exactly up to a thousand', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 2_000 }), (hashes) => {
        expect(sketchOf(hashes).count).toBe(new Set(hashes).size)
      }),
    )
  })

  it('merges to what one sketch of all would be, in any order', () => {
    fc.assert(
      fc.property(people, people, (some, others) => {
        const merged = sketchOf(some)
        merged.merge(sketchOf(others))
        expect(merged.pack()).toEqual(sketchOf([...others, ...some]).pack())
      }),
      { numRuns: 30 },
    )
  })

  it('estimates a hundred thousand people within a tenth', () => {
    const sketch = sketchOf(Array.from({ length: 100_000 }, (_, n) => n * 7_919 + 13))
    expect(Math.abs(sketch.count - 100_000)).toBeLessThan(10_000)
  })

  it('comes back from a snapshot as it was', () => {
    fc.assert(
      fc.property(people, (hashes) => {
        const sketch = sketchOf(hashes)
        expect(PeopleSketch.unpack(sketch.pack()).pack()).toEqual(sketch.pack())
      }),
      { numRuns: 30 },
    )
  })
})
