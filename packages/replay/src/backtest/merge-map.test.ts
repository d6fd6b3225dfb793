import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMergeMap } from './merge-map.ts'

describe('createMergeMap', () => {
  it('leads everything that was ever merged to one end, in whatever order', () => {
    const pair = fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 }))
    fc.assert(
      fc.property(fc.array(pair), (merges) => {
        const map = createMergeMap()
        for (const [from, into] of merges) map.merge(String(from), String(into))
        for (const [from, into] of merges) {
          const end = map.final(String(from))
          expect(end).toBe(map.final(String(into)))
          expect(map.final(end)).toBe(end)
        }
      }),
    )
  })

  it('leaves what was never merged', () => {
    expect(createMergeMap().final('a')).toBe('a')
  })
})
