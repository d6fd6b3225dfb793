import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { stemmerOf } from './stem.ts'
import { readWords, WordBook } from './word-book.ts'
import { words } from './words.ts'

it('gives the word that is written there, within its bound, whatever is asked for in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.string({ minLength: 1, maxLength: 20 }), fc.string())),
      fc.integer({ min: 1, max: 8 }),
      (asked, limit) => {
        const book = new WordBook(limit)
        for (const [before, word, after] of asked) {
          expect(book.find(before + word + after, before.length, before.length + word.length).text).toBe(word)
          expect(book.size).toBeLessThanOrEqual(2 * limit)
        }
      },
    ),
  )
})

it('keeps what is asked for again and makes the rest anew', () => {
  const book = new WordBook(4)
  const find = (word: string) => book.find(word, 0, word.length)
  const kept = find('kept')
  const first = find('other 0')
  for (let i = 0; i < 40; i++) {
    find(`other ${i}`)
    expect(find('kept')).toBe(kept)
  }
  expect(find('other 0')).not.toBe(first)
  expect(find('other 0')).toEqual(first)
})

it('remembers no long number', () => {
  const book = new WordBook(4)
  const find = (word: string) => book.find(word, 0, word.length)
  for (const remembered of ['123', 'a320b', '12a4']) expect(find(remembered)).toBe(find(remembered))
  const size = book.size
  expect(find('100234')).not.toBe(find('100234'))
  expect(find('100234')).toEqual(find('100234'))
  expect(book.size).toBe(size)
})

it('reads the words of any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 30 })), (text) => {
      expect(readWords(text).map((word) => word.text)).toEqual(words(text))
    }),
  )
})

it('gives a word its stem in each language asked for', () => {
  const [word] = readWords('notes')
  expect(['en', 'fr', 'und', 'en-GB'].map((lang) => word!.stemText(stemmerOf(lang)))).toEqual([
    'note',
    'not',
    'notes',
    'note',
  ])
})
