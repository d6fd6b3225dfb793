import type { BrandMove } from '@outcry/store'
import { expect, it } from 'vitest'
import { createResidents } from './residents.ts'

const move = (brand: string, from: number, to: number, change: Partial<BrandMove>): BrandMove => ({
  id: `${brand} ${from} ${to}`,
  brand,
  from,
  to,
  state: 'done',
  outPosition: null,
  inPosition: null,
  ...change,
})

it('tells which records of a brand count in a partition, after any number of moves', () => {
  const there = move('acme', 0, 1, { outPosition: 10, inPosition: 5 })
  const back = move('acme', 1, 0, { outPosition: 20, inPosition: 30 })
  const judge = (partition: number, moves: BrandMove[], positions: number[]) => {
    const residents = createResidents(partition, moves)
    return positions.map((position) => residents.of('acme', position))
  }
  expect(judge(0, [], [3])).toEqual(['here'])
  expect(judge(0, [there], [9, 10, 11])).toEqual(['past', 'past', 'elsewhere'])
  expect(judge(1, [there], [4, 6])).toEqual(['here', 'here'])
  expect(judge(0, [move('acme', 0, 1, { state: 'started' })], [11])).toEqual(['here'])
  expect(judge(0, [there, { ...back, state: 'handed' }], [29])).toEqual(['elsewhere'])
  expect(judge(0, [there, back], [29, 31])).toEqual(['here', 'here'])
  expect(judge(1, [there, back], [20, 21])).toEqual(['past', 'elsewhere'])
  expect(createResidents(0, [there]).of('globex', 11)).toBe('here')
})
