import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { queueName } from './queue-name.ts'

it('names a channel after the issue', () => {
  expect(queueName('#desk-{issue}', 'Refund never arrives: Überweisung, 3 Tage')).toBe(
    '#desk-refund-never-arrives-uberweisung-3-tage',
  )
  expect(queueName('#checkout-desk', 'Refund')).toBe('#checkout-desk')
  expect(queueName('{issue}', 'ログインできない <!channel> @here')).toBe('ログインできない-channel-here')
  expect(queueName('{issue}', 'चेकआउट नहीं हो रहा')).toBe('चेकआउट-नहीं-हो-रहा')
  expect(queueName('#desk-{issue}', '!!!')).toBe('#desk-issue')
})

it('ends a long name at a word, and one that is a single word where there is no more room', () => {
  expect(queueName('#d-{issue}', 'word '.repeat(30))).toBe(`#d-${Array.from({ length: 15 }, () => 'word').join('-')}`)
  expect(queueName('#d-{issue}', 'x'.repeat(200))).toBe(`#d-${'x'.repeat(78)}`)
})

it('holds nothing but letters, digits and dashes, and is short, whatever people wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (label) => {
      expect(queueName('#desk-{issue}', label)).toMatch(
        /^#desk-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*$/u,
      )
      expect(queueName('#desk-{issue}', label).length).toBeLessThanOrEqual(81)
    }),
  )
})
