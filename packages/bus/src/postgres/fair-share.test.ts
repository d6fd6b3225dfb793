import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planShare } from './fair-share.ts'

const partitionsOf = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Lets members take turns in the given order until nobody moves anything. */
const settle = (count: number, holders: Map<number, string>, members: string[]) => {
  const partitions = partitionsOf(count)
  let moves = 0
  for (let round = 0; round < 100; round += 1) {
    let moved = false
    for (const me of members) {
      const plan = planShare(partitions, holders, members, me)
      for (const partition of plan.release) holders.delete(partition)
      for (const partition of plan.claim) holders.set(partition, me)
      moves += plan.claim.length
      moved ||= plan.release.length + plan.claim.length > 0
    }
    if (!moved) return moves
  }
  throw new Error('members never settled')
}

const group = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 8 })).chain(([count, size]) =>
  fc.record({
    count: fc.constant(count),
    members: fc.constant(Array.from({ length: size }, (_, index) => `m${index}`)),
    holders: fc
      .array(fc.option(fc.integer({ min: 0, max: size - 1 })), { minLength: count, maxLength: count })
      .map((owners) => new Map(owners.flatMap((owner, index) => (owner === null ? [] : [[index, `m${owner}`]])))),
  }),
)

describe('planShare', () => {
  it('settles with every partition held and loads that differ by at most one', () => {
    fc.assert(
      fc.property(group, ({ count, members, holders }) => {
        settle(count, holders, members)
        expect(holders.size).toBe(count)
        const loads = members.map((me) => [...holders.values()].filter((holder) => holder === me).length)
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('moves nothing when the shares are even', () => {
    fc.assert(
      fc.property(group, ({ count, members, holders }) => {
        settle(count, holders, members)
        expect(settle(count, holders, members)).toBe(0)
      }),
    )
  })

  it('moves only the share of a member that joins', () => {
    const holders = new Map(partitionsOf(8).map((partition) => [partition, partition < 4 ? 'a' : 'b']))
    expect(settle(8, holders, ['a', 'b', 'c'])).toBe(2)
  })
})
