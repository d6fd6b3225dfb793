import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepSame } from './keep-same.ts'

const issue = (id: string, people: number) => ({ id, people, platforms: { bluesky: people } })

test('what did not change is the same object, wherever it stands in its list', () => {
  const before = { items: [issue('a', 1), issue('b', 2), issue('c', 3)], nextCursor: null }
  const now = { items: [issue('c', 4), issue('a', 1), issue('d', 1), issue('b', 2)], nextCursor: null }
  const kept = keepSame(before, now) as typeof before
  expect(kept).toEqual(now)
  expect(kept.items[1]).toBe(before.items[0])
  expect(kept.items[3]).toBe(before.items[1])
  expect(kept.items[0]).not.toBe(before.items[2])
})

test('an answer that says the same is the same object', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const again: unknown = JSON.parse(JSON.stringify(value))
      const before: unknown = JSON.parse(JSON.stringify(value))
      expect(keepSame(before, again)).toBe(before)
    }),
  )
})

test('any answer after any other says what it says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, now) => {
      const wanted: unknown = JSON.parse(JSON.stringify(now))
      expect(keepSame(JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(now)))).toEqual(wanted)
    }),
  )
})
