import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Change, type Cluster, type MicroCluster, newCluster } from './micro-cluster.ts'
import { regroup } from './regroup.ts'

const microOf = (founded: number, mentions: number, cluster: Cluster): MicroCluster => ({
  slot: founded,
  founded,
  key: founded,
  mentions,
  people: mentions,
  lastPerson: 0,
  touched: 0,
  firstAt: 0,
  lastAt: 0,
  placed: 0,
  cluster,
  near: undefined,
})
const named = ({ key }: MicroCluster) => `part ${key}`
const given = fc.array(fc.record({ cluster: fc.nat(4), mentions: fc.integer({ min: 1, max: 9 }), group: fc.nat(4) }), {
  minLength: 1,
  maxLength: 20,
})
const groupsOf = (groups: readonly number[]) => Int32Array.from(groups, (group) => groups.indexOf(group))

/** What a reader of the changes alone believes: first what merged, then what moved. */
const believed = (all: readonly MicroCluster[], before: readonly string[], changes: readonly Change[]): string[] => {
  const ids = [...before]
  for (const change of changes) {
    if (change.type === 'merged') ids.forEach((id, at) => id === change.from && (ids[at] = change.into))
    if (change.type === 'moved') ids[all.indexOf(change.part)] = change.into
  }
  return ids
}

describe('regroup', () => {
  it('puts each group into one cluster of its own, and tells every change', () => {
    fc.assert(
      fc.property(given, (rows) => {
        const clusters = [0, 1, 2, 3, 4].map((at) => newCluster(`c${at}`))
        const all = rows.map(({ cluster, mentions }, at) => microOf(at, mentions, clusters[cluster]!))
        const before = all.map(({ cluster }) => cluster.id)
        const groups = groupsOf(rows.map(({ group }) => group))
        const changes = regroup(all, groups, named)
        const after = all.map(({ cluster }) => cluster.id)
        expect(believed(all, before, changes)).toEqual(after)
        expect(after.map((id) => after.indexOf(id))).toEqual([...groups])
      }),
    )
  })

  it('leaves the id with the larger part, and takes parts back without a trace', () => {
    const cluster = newCluster('c')
    const all = [microOf(1, 2, cluster), microOf(2, 5, cluster), microOf(3, 1, cluster)]
    expect(regroup(all, Int32Array.from([0, 1, 0]), named)).toEqual([
      { type: 'moved', part: all[0], into: 'part 1' },
      { type: 'moved', part: all[2], into: 'part 1' },
    ])
    expect(all.map(({ cluster: { id } }) => id)).toEqual(['part 1', 'c', 'part 1'])
    expect(regroup(all, Int32Array.from([0, 0, 0]), named)).toEqual([{ type: 'merged', from: 'part 1', into: 'c' }])
    expect(all.every(({ cluster: { id } }) => id === 'c')).toBe(true)
    expect(all.map(({ mentions }) => mentions)).toEqual([2, 5, 1])
  })
})
