import fc from 'fast-check'
import { expect, test } from 'vitest'
import { harmless, readJson } from './harmless.ts'

const HARM = ['\u202e', '\u2067', '\u0007', '\u001b', '\u009d', '\u0301'.repeat(90)]

test('takes out what turns, controls or piles up, and leaves what people say', () => {
  expect(harmless('a\u202egnp.exe\u0000\u001b[31m')).toBe('agnp.exe[31m')
  expect(harmless(`Z${'\u0300'.repeat(100)}!`)).toBe(`Z${'\u0300'.repeat(6)}!`)
  const said = 'Zeile\n\tüber 👩‍👩‍👧 किताब ทั้งที่ \u200fשלום, it’s <b>&amp;'
  expect(harmless(said)).toBe(said)
})

test('reads an answer as JSON does, with every text harmless and every id as it came', () => {
  const text = fc
    .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...HARM)))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, fc.integer(), (said, count) => {
      const read = readJson(JSON.stringify({ items: [{ id: said, mentionIds: [said], label: said, count }] }))
      expect(read).toEqual({ items: [{ id: said, mentionIds: [said], label: harmless(said), count }] })
    }),
  )
})
