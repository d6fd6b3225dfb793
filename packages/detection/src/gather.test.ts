import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

const likenessOf = (count: number, pairs: readonly [number, number, number][]): Float32Array => {
  const likeness = new Float32Array(count * count)
  for (let one = 0; one < count; one++) likeness[one * count + one] = 1
  for (const [one, other, value] of pairs) likeness[one * count + other] = likeness[other * count + one] = value
  return likeness
}
const ones = (count: number) => new Float64Array(count).fill(1)

describe('gather', () => {
  it('finds what shares neighbours though it shares no word', () => {
    const pairs: [number, number, number][] = [
      [0, 2, 0.5],
      [1, 2, 0.5],
      [0, 3, 0.5],
      [1, 3, 0.5],
      [4, 5, 0.5],
    ]
    const groups = gather({
      count: 7,
      likeness: likenessOf(7, pairs),
      mentions: ones(7),
      before: Int32Array.from([0, 1, 2, 3, 4, 5, 6]),
    })
    expect([...groups]).toEqual([0, 0, 0, 0, 4, 4, 6])
  })

  it('keeps together what was together a little longer', () => {
    const given = (before: number[]) =>
      gather({
        count: 2,
        likeness: likenessOf(2, [[0, 1, 0.06]]),
        mentions: ones(2),
        before: Int32Array.from(before),
      })
    expect([...given([0, 1])]).toEqual([0, 1])
    expect([...given([0, 0])]).toEqual([0, 0])
  })
})
