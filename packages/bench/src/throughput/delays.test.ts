import { expect, it } from 'vitest'
import { histogram, percentile } from './delays.ts'

it('tells percentiles and how many delays lie between bounds', () => {
  const delays = Array.from({ length: 100 }, (_, n) => (n + 1) * 10)
  expect([percentile(delays, 0.5), percentile(delays, 0.99), percentile(delays, 1)]).toEqual([500, 990, 1_000])
  expect(percentile([], 0.5)).toBeNaN()
  const counts = histogram(delays).map((line) => Number(/(?:ms|more)\s+(\d+)/.exec(line)![1]))
  expect(counts).toEqual([5, 5, 10, 10, 20, 20, 30, 0, 0, 0, 0])
})
