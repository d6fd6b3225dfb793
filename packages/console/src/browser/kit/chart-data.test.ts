import { expect, it } from 'vitest'
import { chartData } from './chart-data.ts'

const at = ['2026-11-02T09:00:00Z', '2026-11-02T09:10:00Z']
const START = Date.UTC(2026, 10, 2, 9) / 1_000

it('gives the last step as much room as the others, where its bar and its line are drawn', () => {
  expect(
    chartData(at, [
      { name: 'seen', kind: 'bars', values: [5, 9] },
      { name: 'expected', kind: 'line', values: [1, 2] },
    ]),
  ).toEqual([
    [START, START + 600, START + 1_200],
    [5, 9, null],
    [1, 2, 2],
  ])
})

it('draws one step, and nothing where there is none', () => {
  const bars = (values: number[]) => [{ name: 'seen', kind: 'bars' as const, values }]
  expect(chartData(at.slice(0, 1), bars([3]))).toEqual([
    [START, START + 600],
    [3, null],
  ])
  expect(chartData([], bars([]))).toEqual([[], []])
})
