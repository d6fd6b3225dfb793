import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bigramId, features, normalise, TERM_BIGRAM, TERM_WORD, tokenize, wordId } from './index.ts'
import { MAX_WORDS, words } from './words.ts'

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 30 }))

describe('words', () => {
  it.each([
    ['contractions', "I don't, I’ve", ['i', 'dont', 'ive']],
    ['elisions', "l'avion d'Air", ['l', 'avion', 'd', 'air']],
    ['hashtags', '#DeltaFail now', ['deltafail', 'now']],
    ['codes', 'error 500 on A320', ['error', '500', 'on', 'a320']],
    ['pairs where no spaces are', '東京都で', ['東京', '京都', '都で']],
  ])('reads %s', (_, text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('leaves out what identifies people: handles, addresses, links, long numbers', () => {
    const text = '@ann mail bob.b+c@x.example or 4915112345678 https://x.example/ann?q=1 www.x.example now'
    expect(words(text)).toEqual(['mail', 'or', 'now'])
  })

  it('reads a bounded number of bounded words of any text', () => {
    fc.assert(
      fc.property(anyText, fc.nat(2_000), (text, times) => {
        const found = words(`${text} `.repeat(times))
        expect(found.length).toBeLessThanOrEqual(MAX_WORDS)
        expect(Math.max(0, ...found.map((word) => word.length))).toBeLessThanOrEqual(50)
      }),
      { numRuns: 50 },
    )
  })
})

describe('normalise', () => {
  it('is done after once', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text))
      }),
    )
  })

  it('makes one spelling of case, accents and width', () => {
    expect(normalise('CAFÉ Ｓtraße İstanbul')).toBe('cafe strasse istanbul')
    expect(normalise('أحمد إلى')).toBe('احمد الي')
  })
})

describe('tokenize', () => {
  it('brings forms of a word together in each language', () => {
    expect(tokenize('refunded refunds', 'en')[0]).toBe(tokenize('refunds', 'en')[0])
    expect(tokenize('Verspätungen', 'de')).toEqual(tokenize('Verspätung', 'de'))
    expect(tokenize('retrasados', 'es')).toEqual(tokenize('retrasado', 'es'))
    expect(tokenize('remboursements', 'fr-CA')).toEqual(tokenize('remboursement', 'fr'))
  })

  it('only folds languages it has no stemmer for', () => {
    expect(tokenize('Çok kötü', 'tr')).toEqual(['cok', 'kotu'])
    expect(tokenize('refunds', 'constructor')).toEqual(['refunds'])
  })
})

describe('features', () => {
  it('gives distinct ids with a positive weight each', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ids, weights } = features(text, 'en')
        expect(weights.length).toBe(ids.length)
        expect(new Set(ids).size).toBe(ids.length)
        expect(weights.every((weight) => weight > 0)).toBe(true)
      }),
    )
  })

  it('holds the id of each stem and of each pair of neighbours', () => {
    fc.assert(
      fc.property(fc.lorem({ maxCount: 12 }), (text) => {
        const { ids, stems, wordIds } = features(text, 'en')
        expect([...wordIds]).toEqual(stems.map(wordId))
        for (const id of wordIds) expect(ids).toContain(id)
        for (let i = 1; i < wordIds.length; i++) expect(ids).toContain(bigramId(wordIds[i - 1]!, wordIds[i]!))
        expect([...ids].filter((id) => (id & 3) === TERM_WORD)).toHaveLength(new Set(stems).size)
      }),
    )
  })

  it('does not depend on what was read before', () => {
    const first = features('the checkout hangs after paying', 'en')
    for (let i = 0; i < 40_000; i++) features(`word${i}`, 'en')
    expect(features('the checkout hangs after paying', 'en')).toEqual(first)
  })

  it('counts a repeated word with a falling gain', () => {
    const { ids, weights } = features('late late late', 'en')
    expect(weights[ids.indexOf(wordId('late'))]).toBeCloseTo(1 + Math.log(3), 5)
    const pair = ids.findIndex((id) => (id & 3) === TERM_BIGRAM)
    expect(weights[pair]).toBeCloseTo(0.5 * (1 + Math.log(2)), 5)
  })
})
