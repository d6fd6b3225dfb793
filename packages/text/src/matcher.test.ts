import type { BrandRules } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatcher } from './index.ts'

const brand = (rules: Partial<BrandRules>): BrandRules => ({
  id: 'acme',
  terms: [],
  handles: [],
  exclude: [],
  languages: [],
  ...rules,
})
const matches = (rules: Partial<BrandRules>, text: string, lang?: string): boolean =>
  createMatcher([brand(rules)])({ text, lang }).length === 1

describe('terms', () => {
  it.each([
    ['any case', 'ACME is down'],
    ['accents', 'Äcmé is down'],
    ['full-width letters', 'ａｃｍｅ is down'],
    ['beside punctuation', 'why, (acme)?'],
    ['as a hashtag', 'so #acme'],
    ['before another script', 'acmeの障害'],
    ['in HTML left over', 'I love&nbsp;acme'],
  ])('are found: %s', (_, text) => {
    expect(matches({ terms: ['acme'] }, text)).toBe(true)
  })

  it.each([
    ['inside a longer word', 'acmes and pharmacme'],
    ['inside an account name', '@acmeair hello'],
    ['joined by an underscore', 'acme_fan'],
    ['beside digits', 'acme2'],
  ])('are whole words: not %s', (_, text) => {
    expect(matches({ terms: ['acme'] }, text)).toBe(false)
  })

  it('finds a phrase over spaces, hyphens and line-wrapped spacing, not over the end of a sentence', () => {
    const rules = { terms: ['café noir'] }
    expect(matches(rules, 'the Cafe  Noir here')).toBe(true)
    expect(matches(rules, 'the cafe-noir here')).toBe(true)
    expect(matches(rules, 'a cafe. Noir films')).toBe(false)
    expect(matches(rules, 'noir café')).toBe(false)
  })

  it('asks for the symbols of a term that has some', () => {
    expect(matches({ terms: ['C++'] }, 'my c++ build')).toBe(true)
    expect(matches({ terms: ['C++'] }, 'vitamin c')).toBe(false)
    expect(matches({ terms: ['AT&T'] }, 'at&amp;t is down')).toBe(true)
    expect(matches({ terms: ['AT&T'] }, 'at t')).toBe(false)
  })

  it('finds names in scripts without spaces', () => {
    expect(matches({ terms: ['楽天'] }, '昨日楽天市場で買った')).toBe(true)
    expect(matches({ terms: ['ไลน์'] }, 'แอปไลน์ล่ม')).toBe(true)
    expect(matches({ terms: ['楽天'] }, '楽しい天気')).toBe(false)
  })

  it('treats configured strings as text, never as patterns', () => {
    expect(matches({ terms: ['.*', '(a+)+$', '***'] }, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa!')).toBe(false)
    expect(matches({ terms: ['***'] }, '***')).toBe(false)
  })
})

describe('handles and domains', () => {
  it.each(['hi @Acme', '@acme.', '(@acme)', '@acme: help', 'RT @acme, please'])('finds the account in %j', (text) => {
    expect(matches({ handles: ['@acme'] }, text)).toBe(true)
  })

  it.each(['@acmeair', '@acme_help', '@acme.bsky.social', 'mail bob@acme', 'acme', '@pacme'])(
    'does not take %j for the account',
    (text) => {
      expect(matches({ handles: ['@acme'] }, text)).toBe(false)
    },
  )

  it('finds accounts that are whole addresses', () => {
    expect(matches({ handles: ['@acme.bsky.social'] }, 'hey @acme.bsky.social!')).toBe(true)
    expect(matches({ handles: ['@acme@social.example'] }, 'hey @acme@social.example')).toBe(true)
  })

  it.each(['https://acme.example/a?b', 'shop.acme.example', 'mail help@acme.example.', 'ACME.EXAMPLE'])(
    'finds the domain in %j',
    (text) => {
      expect(matches({ handles: ['acme.example'] }, text)).toBe(true)
    },
  )

  it.each(['notacme.example', 'acme.example.evil.test', 'acme example'])('does not take %j for the domain', (text) => {
    expect(matches({ handles: ['acme.example'] }, text)).toBe(false)
  })
})

describe('exclusions, languages and titles', () => {
  it('strikes a brand out on any exclusion, whatever its kind', () => {
    const rules = { terms: ['apple'], exclude: ['apple pie', '@appleorchard', 'orchard.example'] }
    expect(matches(rules, 'my apple broke')).toBe(true)
    expect(matches(rules, 'Apple-Pie recipe from apple')).toBe(false)
    expect(matches(rules, 'apple @appleorchard')).toBe(false)
    expect(matches(rules, 'apple http://orchard.example')).toBe(false)
  })

  it('drops other known languages and keeps unknown ones', () => {
    const rules = { terms: ['acme'], languages: ['de'] }
    expect(matches(rules, 'acme', 'de-AT')).toBe(true)
    expect(matches(rules, 'acme', 'en')).toBe(false)
    expect(matches(rules, 'acme', 'und')).toBe(true)
    expect(matches(rules, 'acme')).toBe(true)
  })

  it('reads the title too, and exclusions reach over both', () => {
    const match = createMatcher([brand({ terms: ['acme'], exclude: ['stock'] })])
    expect(match({ text: 'it is down', title: 'Acme' })).toEqual(['acme'])
    expect(match({ text: 'stock news', title: 'Acme' })).toEqual([])
  })
})

describe('many brands at once', () => {
  const word = fc.stringMatching(/^[a-z]{2,6}$/)
  const rules = fc
    .uniqueArray(
      fc.record({ id: word, terms: fc.array(word, { maxLength: 4 }), exclude: fc.array(word, { maxLength: 1 }) }),
      { selector: (rule) => rule.id, maxLength: 8 },
    )
    .map((list) => list.map(brand))
  const text = fc.array(word, { maxLength: 20 }).map((words) => words.join(' '))

  it('finds what each brand alone would find, in the order of the rules', () => {
    fc.assert(
      fc.property(rules, text, (brands, text) => {
        const together = createMatcher(brands)({ text })
        const apart = brands.flatMap((one) => createMatcher([one])({ text }))
        expect(together).toEqual(apart)
      }),
    )
  })

  it('finds a term wherever it stands as a word of its own', () => {
    fc.assert(
      fc.property(word, text, text, (term, before, after) => {
        expect(matches({ terms: [term] }, `${before} ${term.toUpperCase()} ${after}`)).toBe(true)
      }),
    )
  })

  it('stays linear on texts made to be slow', () => {
    const match = createMatcher([brand({ terms: ['acme air'], handles: ['@acme', 'acme.example'] })])
    for (const text of ['a', 'a.', '.', '@a', 'acme ', 'a-', '@.', '@acme.'].map((part) => part.repeat(50_000)))
      expect(match({ text: `${text} shop.acme.example` })).toEqual(['acme'])
  })

  it('takes any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (text, term) => {
        const match = createMatcher([brand({ terms: [term], handles: [term], exclude: [`x${term}`] })])
        expect(['acme', undefined]).toContain(match({ text })[0])
      }),
    )
  })
})
