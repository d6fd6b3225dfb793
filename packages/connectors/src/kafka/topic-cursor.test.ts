import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.ts'
import { startOf } from './topic-cursor.ts'

const end = (partition: number, first: number, next: number, topic = 'a') => ({ topic, partition, first, next })

describe('where topics are begun', () => {
  it('is as asked at first, then where each was left, and the first record of what came later', () => {
    const ends = [end(0, 10, 50), end(1, 0, 7)]
    expect(startOf(null, ['a'], ends, 'latest')).toEqual({ topics: { a: { 0: 50, 1: 7 } }, gaps: [] })
    expect(startOf(null, ['a'], ends, 'earliest')).toEqual({ topics: { a: { 0: 10, 1: 0 } }, gaps: [] })
    const left = { topics: { a: { 0: 20 } }, at: 1 }
    expect(startOf(left, ['a'], ends, 'latest')).toEqual({ topics: { a: { 0: 20, 1: 0 } }, gaps: [] })
    expect(startOf(left, ['a', 'b'], [...ends, end(0, 3, 9, 'b')], 'latest').topics).toMatchObject({ b: { 0: 9 } })
  })

  it('keeps the places of a topic that is away, and knows one that was never there', () => {
    const left = { topics: { a: { 0: 20 } }, at: 1 }
    expect(startOf(left, ['a', 'b'], [], 'latest')).toEqual({ topics: { a: { 0: 20 }, b: {} }, gaps: [] })
    expect(startOf({ topics: { b: {} }, at: 1 }, ['b'], [end(0, 0, 9, 'b')], 'latest').topics).toEqual({ b: { 0: 0 } })
  })

  it('is the first record that is left where the place is gone, which is a gap', () => {
    const left = { topics: { a: { 0: 20, 1: 20 } }, at: 1 }
    expect(startOf(left, ['a'], [end(0, 25, 50), end(1, 0, 5)], 'latest')).toEqual({
      topics: { a: { 0: 25, 1: 0 } },
      gaps: [
        'a[0]: 5 records were deleted before they were read',
        'a[1]: offset 20 is beyond the end, the topic was made anew',
      ],
    })
  })
})

describe('up to when everything was delivered', () => {
  it('is the last look whose ends were reached by every partition', () => {
    const progress = createProgress(0)
    progress.look(1_000, [end(0, 0, 5), end(1, 0, 0)])
    expect(progress.sourceTime()).toBe(0)
    expect(progress.lag()).toBe(5)
    progress.delivered('a', 0, 3, 400)
    expect([progress.sourceTime(), progress.lag()]).toEqual([400, 2])
    progress.look(2_000, [end(0, 0, 8), end(1, 0, 0)])
    progress.delivered('a', 0, 5, 600)
    expect(progress.sourceTime()).toBe(1_000)
    progress.delivered('a', 0, 8, 700)
    expect([progress.sourceTime(), progress.lag()]).toEqual([2_000, 0])
  })

  it('never runs back, and is never beyond the newest look', () => {
    const step = fc.record({
      deliver: fc.boolean(),
      partition: fc.integer({ min: 0, max: 2 }),
      by: fc.integer({ min: 0, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const progress = createProgress(0)
        const next = [0, 0, 0]
        const done = [0, 0, 0]
        let newest = 0
        let before = 0
        for (const [at, { deliver, partition, by }] of steps.entries()) {
          if (deliver) {
            done[partition] = Math.min(next[partition]!, done[partition]! + by)
            progress.delivered('a', partition, done[partition], 0)
          } else {
            next[partition]! += by
            newest = at + 1
            progress.look(
              newest,
              next.map((to, index) => end(index, 0, to)),
            )
          }
          expect(progress.sourceTime()).toBeGreaterThanOrEqual(before)
          expect(progress.sourceTime()).toBeLessThanOrEqual(newest)
          before = progress.sourceTime()
        }
      }),
    )
  })
})
