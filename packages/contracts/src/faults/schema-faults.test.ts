import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { createParser } from '../parse.ts'
import { Words } from '../words.ts'

const Colour = Type.Union([Type.Literal('red'), Type.Literal('green')])
const parse = createParser(
  Type.Object(
    {
      colour: Type.Optional(Type.Union([Colour, Type.Null()])),
      colours: Type.Optional(Type.Array(Type.Union([Colour, Type.Literal('none')]))),
      mix: Type.Optional(
        Type.Union([Type.Object({ base: Colour, name: Words(9) }, { additionalProperties: false }), Type.Null()]),
      ),
      count: Type.Optional(Type.Union([Type.Integer({ maximum: 9 }), Type.Null()])),
      words: Type.Optional(
        Type.Record(Type.String({ pattern: '^(en|de)$' }), Words(9), { propertyNames: { pattern: '^(en|de)$' } }),
      ),
      at: Type.Optional(Type.String({ pattern: '^[0-9]{4}$', examples: ['2026'] })),
    },
    { additionalProperties: false },
  ),
)
const fixesOf = (value: unknown) => {
  const parsed = parse(value)
  return parsed.ok ? [] : parsed.faults.map(({ path, fix }) => `${path}: ${fix}`)
}

describe('faults of a value', () => {
  it.each([
    [{ colour: 'gren' }, ['colour: Did you mean "green"? Use one of red, green, null.']],
    [{ colour: 5 }, ['colour: Use one of red, green, null.']],
    [
      { colours: ['red', 'blue', 'x'] },
      ['colours[1]: Use one of red, green, none.', 'colours[2]: Use one of red, green, none.'],
    ],
    [
      { mix: { base: 'blue', name: ' \u200b' } },
      ['mix.base: Use one of red, green.', 'mix.name: Write something that can be read.'],
    ],
    [{ mix: 5 }, ['mix: Give a mapping (key: value) or null.']],
    [{ mix: { name: 'dusk' } }, ['mix.base: Add "base".']],
    [{ count: 'nine' }, ['count: Give a whole number or null.']],
    [{ count: 99 }, ['count: Give a number <= 9.']],
    [{ words: { dn: 'x' } }, ['words.dn: Did you mean "en"? Known: en, de.']],
    [{ at: 'soon' }, ['at: Write it like 2026.']],
    [{ color: 'red' }, ['color: Did you mean "colour"? Known: colour, colours, mix, count, words, at.']],
    [{ colour: 'red', mix: null, words: { en: 'x' } }, []],
  ])('of %j say once what to do', (value, fixes) => {
    expect(fixesOf(value)).toEqual(fixes)
  })

  it('are told of many members each', () => {
    expect(fixesOf({ colours: Array.from({ length: 40 }, () => 'blue') })).toHaveLength(40)
  })
})
