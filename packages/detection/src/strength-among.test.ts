import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { somePost } from '../test/some-post.ts'
import type { Strength } from './found-burst.ts'
import { strengthAmong } from './strength-among.ts'

const WINDOW: Strength = {
  rule: 'scan',
  issueType: null,
  windowMs: 100,
  observed: 12,
  expected: 0.2,
  tailProbability: 1e-12,
}

it('counts the people of the posts alone within one window, and no copies', () => {
  const posts = [
    somePost({ person: 1, at: 0 }),
    somePost({ person: 2, at: 99 }),
    somePost({ person: 3, at: 100 }),
    somePost({ person: 3, at: 101 }),
    somePost({ person: 4, at: 102, copy: true }),
  ]
  const among = strengthAmong(posts, WINDOW)
  expect(among).toMatchObject({ windowMs: 100, expected: 0.2, observed: 2 })
  expect(among.tailProbability).toBeCloseTo(0.0175, 4)
  expect(strengthAmong(posts, { ...WINDOW, copied: true }).observed).toBe(3)
})

it('counts no more than the people there are, whatever the order, and as many where all wrote within the window', () => {
  const some = fc.array(fc.record({ person: fc.nat(8), at: fc.nat(300) }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(some, (given) => {
      const posts = given.map((one) => somePost(one))
      const people = new Set(given.map(({ person }) => person)).size
      const { observed, tailProbability } = strengthAmong(posts, WINDOW)
      expect(observed).toBeGreaterThanOrEqual(1)
      expect(observed).toBeLessThanOrEqual(people)
      expect(strengthAmong(posts.toReversed(), WINDOW)).toEqual({ ...WINDOW, observed, tailProbability })
      expect(strengthAmong(posts, { ...WINDOW, windowMs: 301 }).observed).toBe(people)
    }),
  )
})
