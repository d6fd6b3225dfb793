import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonText, storableText } from './json-text.ts'

const hostile = fc.string({
  unit: fc.constantFrom('a', '\u0000', '\ud83d', '\ude00', '\ud83d\ude00', '\\', 'u0000', 'ud83d', '"', 'é', '\u2028'),
})

it('writes every string as PostgreSQL can hold it, and everything else as it is', () => {
  const value = fc.record({ text: hostile, list: fc.array(hostile), number: fc.double(), none: fc.constant(null) })
  fc.assert(
    fc.property(value, (given) => {
      const kept = JSON.parse(JSON.stringify({ ...given, text: '', list: [] })) as object
      const stored = { ...kept, text: storableText(given.text), list: given.list.map(storableText) }
      expect(JSON.parse(jsonText(given))).toEqual(stored)
    }),
  )
})

it('leaves text alone that only looks like an escape', () => {
  expect(JSON.parse(jsonText({ text: String.raw`\u0000 and \ud83d` }))).toEqual({ text: String.raw`\u0000 and \ud83d` })
})
