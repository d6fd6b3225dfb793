import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PostingLists } from './posting-lists.ts'

const FEATURES = 12
const held = (lists: PostingLists, feature: number): number[] => [
  ...lists.entries.subarray(lists.start(feature), lists.end(feature)),
]

describe('PostingLists', () => {
  it('keeps of every list what was added and not removed, wherever the lists are moved', () => {
    const step = fc.record({ feature: fc.nat({ max: FEATURES - 1 }), removes: fc.nat({ max: 3 }), at: fc.nat() })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 2_000 }), (steps) => {
        const lists = new PostingLists(FEATURES)
        const known = Array.from({ length: FEATURES }, (): number[] => [])
        steps.forEach(({ feature, removes, at }, entry) => {
          const list = known[feature]!
          if (removes < 2 || list.length === 0) {
            list.push(entry)
            lists.add(feature, entry)
            return
          }
          const offset = at % list.length
          const last = list.pop()!
          if (offset < list.length) list[offset] = last
          lists.remove(feature, offset)
        })
        known.forEach((list, feature) => expect(held(lists, feature)).toEqual(list))
      }),
    )
  })

  it('takes little more room than its entries need, however long they come and go', () => {
    const features = 4_096
    const kept = 20_000
    const lists = new PostingLists(features)
    const places: { feature: number; entry: number }[] = []
    // A walk of every list through many lengths: the features that are busy change all the time.
    for (let entry = 0; entry < 400_000; entry++) {
      const feature = (Math.imul(entry, 2_654_435_761) >>> (20 - (entry % 3))) % features
      lists.add(feature, entry)
      places.push({ feature, entry })
      if (places.length <= kept) continue
      const gone = places[entry - kept]!
      lists.remove(gone.feature, held(lists, gone.feature).indexOf(gone.entry))
    }
    expect(lists.entries.length).toBeLessThan(1.6 * kept)
  })
})
