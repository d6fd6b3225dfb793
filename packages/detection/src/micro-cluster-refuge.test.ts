import { describe, expect, it } from 'vitest'
import { type Cluster, type MicroCluster, newCluster } from './micro-cluster.ts'
import { leastLatelyUsed, refugeOf } from './micro-cluster-refuge.ts'

const own = newCluster('own')
const other = newCluster('other')
const micro = (slot: number, cluster: Cluster, fields: Partial<MicroCluster> = {}): MicroCluster => ({
  slot,
  founded: slot,
  key: slot,
  mentions: 1,
  people: 1,
  lastPerson: 0,
  touched: slot,
  firstAt: 0,
  lastAt: 0,
  placed: 0,
  cluster,
  near: undefined,
  ...fields,
})

describe('where a micro-cluster goes that must', () => {
  it('prefers the one it was founded near to, while they are of one cluster', () => {
    const near = micro(0, own)
    const from = micro(1, own, { near })
    const large = micro(2, own, { mentions: 9 })
    expect(refugeOf(from, [near, from, large])).toBe(near)
    const parted = micro(0, other)
    const left = micro(1, own, { near: parted })
    expect(refugeOf(left, [parted, left, large])).toBe(large)
    expect(refugeOf(left, [parted, left])).toBe(parted)
  })

  it('takes the older of the largest of its cluster, and none that is gone', () => {
    const from = micro(3, own, { near: micro(0, own) })
    const [first, second] = [micro(1, own, { mentions: 5, founded: 8 }), micro(2, own, { mentions: 5, founded: 7 })]
    expect(refugeOf(from, [micro(0, other), first, second, from])).toBe(second)
    expect(refugeOf(from, [micro(0, other), undefined, undefined, from])).toBeUndefined()
  })

  it('lets go of those least lately used, the older of equals', () => {
    const all = [
      micro(0, own, { touched: 9 }),
      micro(1, own, { touched: 2, mentions: 2 }),
      micro(2, own, { touched: 3 }),
    ]
    expect(leastLatelyUsed(all, 2).map(({ slot }) => slot)).toEqual([1, 2])
  })
})
