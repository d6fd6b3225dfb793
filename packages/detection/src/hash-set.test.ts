import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HashSet } from './hash-set.ts'
import { pack, unpack } from './packed.ts'

const hash = fc.oneof(
  fc.nat({ max: 200 }),
  fc.maxSafeNat(),
  fc.nat({ max: 200 }).map((high) => high * 2 ** 32 + 5),
)
const step = fc.record({ hash, settles: fc.integer({ min: 0, max: 19 }).map((draw) => draw === 0) })

describe('HashSet', () => {
  it('holds what was added, before and after it settled', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const set = new HashSet()
        const known = new Set<number>()
        for (const { hash: added, settles } of steps) {
          if (settles) set.settle()
          expect(set.has(added)).toBe(known.has(added))
          expect(set.add(added)).toBe(!known.has(added))
          known.add(added)
          expect(set.size).toBe(known.size)
        }
        set.settle()
        expect([...(unpack(pack(set.sorted())) as Float64Array)]).toEqual([...known].sort((a, b) => a - b))
        for (const one of known) expect(set.has(one)).toBe(true)
      }),
    )
  })
})
