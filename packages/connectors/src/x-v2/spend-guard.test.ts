import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSpendGuard, type Spend } from './spend-guard.ts'

const setUp = (change: { cap?: number; before?: Spend; paidBefore?: string[]; at?: string } = {}) => {
  let now = Date.parse(change.at ?? '2026-11-29T12:00:00Z')
  const guard = createSpendGuard({
    cap: change.cap ?? 10,
    recheckPerDay: 5,
    now: () => now,
    before: change.before,
    paidBefore: change.paidBefore ?? [],
  })
  return { guard, to: (at: string) => void (now = Date.parse(at)) }
}

describe('the spend guard', () => {
  it('counts a post once in a UTC day and again on the next', () => {
    const { guard, to } = setUp()
    guard.count(['1', '2', '1'])
    guard.count(['2'])
    expect(guard.left()).toBe(8)
    to('2026-11-30T00:00:00Z')
    guard.count(['1'])
    expect(guard.left()).toBe(7)
  })

  it('is near the cap at four fifths, spent at the cap, and opens with the next month', () => {
    const { guard, to } = setUp()
    guard.count(['1', '2', '3', '4', '5', '6', '7'])
    expect([guard.isNearCap(), guard.isSpent()]).toEqual([false, false])
    guard.count(['8'])
    expect([guard.isNearCap(), guard.isSpent()]).toEqual([true, false])
    guard.count(['9', '10', '11'])
    expect([guard.isSpent(), guard.left()]).toEqual([true, 0])
    expect(guard.renewsAt()).toBe(Date.UTC(2026, 11, 1))
    to('2026-12-01T00:00:00Z')
    expect([guard.isSpent(), guard.left(), guard.isPaid('1')]).toEqual([false, 10, false])
  })

  it('goes on after a restart, and opens no month because the clock went back', () => {
    const before = { month: '2026-11', posts: 9, day: '2026-11-29', rechecked: 5 }
    const { guard, to } = setUp({ before, paidBefore: ['1'] })
    guard.count(['1'])
    expect([guard.left(), guard.recheckLeft()]).toEqual([1, 0])
    to('2026-10-31T23:00:00Z')
    expect(guard.left()).toBe(1)
  })

  it('lets posts of earlier days be asked for again as often a day as configured', () => {
    const { guard, to } = setUp()
    guard.countRecheck(5)
    expect(guard.recheckLeft()).toBe(0)
    to('2026-11-30T00:00:01Z')
    expect(guard.recheckLeft()).toBe(5)
  })

  it('counts as many as there are distinct posts, however they are split and repeated', () => {
    const reads = fc.array(fc.array(fc.integer({ min: 0, max: 50 }).map(String)))
    fc.assert(
      fc.property(reads, (answers) => {
        const { guard } = setUp({ cap: 1_000 })
        for (const ids of answers) guard.count(ids)
        expect(1_000 - guard.left()).toBe(new Set(answers.flat()).size)
      }),
    )
  })

  it('takes a stored count that is none for no count', () => {
    expect(setUp({ before: { posts: 'many' } as unknown as Spend }).guard.left()).toBe(10)
  })
})
