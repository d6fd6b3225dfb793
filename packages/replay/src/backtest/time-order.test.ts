import * as fc from 'fast-check'
import type { Mention } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { type BrandMention, inTimeOrder } from './time-order.ts'

const REORDER_MS = 60
const at = (eventTime: number, id = String(eventTime), brand = 'acme'): BrandMention => ({
  brand,
  mention: {
    id,
    op: 'create',
    rev: '1',
    kind: 'post',
    source: 's',
    text: 't',
    observedAt: 0,
    eventTime,
  } satisfies Mention,
})
const collect = async (mentions: readonly BrandMention[], sortedInMemory: number) => {
  const out: BrandMention[] = []
  const stream = (async function* () {
    yield* mentions
  })()
  for await (const each of inTimeOrder(stream, REORDER_MS, sortedInMemory)) out.push(each)
  return out
}
const times = (list: readonly BrandMention[]) => list.map(({ mention }) => mention.eventTime)

describe('inTimeOrder', () => {
  it('sorts what fits in memory, and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 1_000 })), async (given) => {
        const sorted = await collect(
          given.map((time, index) => at(time, String(index))),
          given.length + 1,
        )
        expect(times(sorted)).toEqual(given.toSorted((a, b) => a - b))
        expect(new Set(sorted.map(({ mention }) => mention.id)).size).toBe(given.length)
      }),
    )
  })

  it('keeps the order of the input within one millisecond', async () => {
    const sorted = await collect([at(5, 'b'), at(5, 'a'), at(1, 'c')], 10)
    expect(sorted.map(({ mention }) => mention.id)).toEqual(['c', 'b', 'a'])
  })

  it('passes on a long input as it comes, where the hold covers its disorder', async () => {
    const given = [at(100), at(40), at(101), at(50, 'other brand', 'beta'), at(102)]
    expect(await collect(given, 2)).toEqual(given)
  })

  it('refuses a long input that steps back further, and names the mention', async () => {
    await expect(collect([at(100), at(39, 'm1'), at(101)], 2)).rejects.toMatchObject({
      code: 'INPUT_UNSORTED',
      exitCode: 2,
      message: expect.stringContaining('m1') as string,
    })
  })
})
