import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { GenerationalMemo } from './generational-memo.ts'

it('gives what its function gives, within its bound, whatever is asked for in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 20 })), fc.integer({ min: 1, max: 8 }), (keys, limit) => {
      const memo = new GenerationalMemo(limit, (key) => `made ${key}`)
      for (const key of keys) {
        expect(memo.get(key)).toBe(`made ${key}`)
        expect(memo.size).toBeLessThanOrEqual(2 * limit)
      }
    }),
  )
})

it('keeps what is asked for again and makes the rest anew', () => {
  let made = 0
  const memo = new GenerationalMemo(4, (key) => `${key}${++made}`)
  const kept = memo.get('kept')
  for (let i = 0; i < 40; i++) {
    memo.get(`other ${i}`)
    expect(memo.get('kept')).toBe(kept)
  }
  expect(memo.get('other 0')).not.toBe('other 02')
})
