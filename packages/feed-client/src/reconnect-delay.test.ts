import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reconnectDelay } from './reconnect-delay.ts'

test('is anywhere below a bound that doubles up to 10 s', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((failures) => reconnectDelay(failures, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000,
  ])
  const anyOf = fc.tuple(
    fc.integer({ min: 1, max: 5_000 }),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  )
  fc.assert(
    fc.property(anyOf, ([failures, random]) => {
      const delay = reconnectDelay(failures, random)
      expect(delay).toBeGreaterThanOrEqual(0)
      expect(delay).toBeLessThan(10_000)
    }),
  )
})
