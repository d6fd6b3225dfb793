import { tokenize } from '@outcry/text'
import { describe, expect, it } from 'vitest'
import { createTypeMatcher } from './type-matcher.ts'

const match = createTypeMatcher([
  {
    id: 'cold-food',
    label: 'Cold food',
    harm: 'none',
    terms: ['arrived cold'],
    examples: ['the burger was cold when the courier arrived', 'das Essen war kalt, als der Kurier kam'],
  },
])
const typesOf = (text: string, lang = 'en') => match(tokenize(text, lang), lang)

describe('the type matcher', () => {
  it('finds a term as it is written, in any form of its words', () => {
    expect(typesOf('my pizza arrived cold again')).toEqual(['cold-food'])
    expect(typesOf('cold evening, and the bus arrived')).toEqual([])
  })

  it('finds texts that resemble an example, in other words, another order and another language', () => {
    expect(typesOf('cold burger again, and the courier arrived late')).toEqual(['cold-food'])
    expect(typesOf('mein Essen war kalt und der Kurier unfreundlich', 'de')).toEqual(['cold-food'])
  })

  it('does not take common words for likeness', () => {
    expect(typesOf('the film was long when the friends came')).toEqual([])
    expect(typesOf('')).toEqual([])
  })
})
