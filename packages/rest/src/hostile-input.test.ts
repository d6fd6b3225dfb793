import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostileInput } from './hostile-input.ts'

const NUL = String.fromCharCode(0)

it.each([
  [{ a: [{ b: `x${NUL}` }] }, 'a[0].b', 'U+0000'],
  [{ a: { [`k${NUL}`]: 1 } }, 'a', 'U+0000'],
  [['fine', '\udc00'], '[1]', 'surrogate'],
])('names the place in %j', (value, path, what) => {
  expect(hostileInput(value)).toMatchObject({ path, fix: expect.stringContaining(what) })
})

it('refuses what is nested too deep, without walking to its end', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown
  expect(hostileInput(deep)).toMatchObject({ fix: 'Send at most 32 levels, one within the other.' })
})

it('lets everything else pass', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }), (value) => {
      fc.pre(!JSON.stringify(value).includes('\\u0000'))
      expect(hostileInput(value)).toBeNull()
    }),
  )
})
