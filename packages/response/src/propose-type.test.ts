import type { Evidence } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ToldIssue } from './like-issues.ts'
import { proposeType, type TypeReading } from './propose-type.ts'
import { recognisedTypes } from './recognised-types.ts'
import { emptyPlaybook } from '@outcry/contracts'

const LABELS: Record<string, string> = { checkout: 'Checkout fails', refund: 'Refund late', any: 'Many at once' }
const reading: TypeReading = {
  labelOf: (id) => LABELS[id] ?? id,
  typesOf: (text) => ['checkout', 'refund'].filter((id) => text.toLowerCase().includes(id)),
  languageOf: () => 'en',
  stemsOf: (text) => text.toLowerCase().match(/\p{L}+/gu) ?? [],
}
const evidence = (changes: Partial<Evidence>): Evidence =>
  ({
    label: 'Voucher never arrived',
    terms: ['voucher', 'arrived'],
    issueType: null,
    mentions: 40,
    exemplars: [],
    ...changes,
  }) as Evidence
const posts = (...excerpts: string[]) =>
  excerpts.map((excerpt) => ({ mentionId: excerpt, at: 0, source: 's', excerpt }))
const told = (issueId: string, type: string | null, label: string, issueType: string | null = null): ToldIssue => ({
  issueId,
  told: type,
  label,
  terms: label.toLowerCase().split(' '),
  issueType,
})
const propose = (changes: Partial<Evidence>, earlier: ToldIssue[] = [], recurrenceOf: string | null = null) =>
  proposeType({ evidence: evidence(changes), recurrenceOf }, earlier, reading)

describe('a proposal', () => {
  it('is what the posts were counted as, with how many of the shown speak of it', () => {
    expect(
      propose({ issueType: 'checkout', exemplars: posts('checkout hangs', 'the checkout!', 'page is white') }),
    ).toEqual({
      id: 'checkout',
      reason: 'counted as Checkout fails: at least half of its 40 posts speak of it, 2 of the 3 shown',
      confidence: 0.67,
    })
    expect(propose({ issueType: 'any' })).toMatchObject({ id: 'any', confidence: 0.5 })
  })

  it('is what its label or half of its posts speak of, where it was not counted', () => {
    expect(propose({ label: 'Refund pending', exemplars: posts('my refund', 'money?') })).toEqual({
      id: 'refund',
      reason: 'its label and 1 of the 2 shown posts speak of Refund late',
      confidence: 0.67,
    })
    expect(propose({ exemplars: posts('checkout', 'checkout again', 'white page') })).toMatchObject({ id: 'checkout' })
    expect(propose({ exemplars: posts('checkout', 'white page', 'help') })).toEqual({
      id: null,
      reason: 'its words speak of none of the types',
      confidence: 0,
    })
  })

  it('learns from what people called earlier issues in similar words, even against the count', () => {
    const earlier = [told('i1', 'refund', 'voucher not arrived'), told('i2', 'checkout', 'page is white')]
    expect(propose({ issueType: 'checkout' }, earlier)).toMatchObject({
      id: 'refund',
      reason: 'like an earlier issue that people called Refund late',
    })
    const more = [...earlier, told('i3', null, 'voucher arrived'), told('i4', null, 'voucher arrived broken')]
    expect(propose({ issueType: 'checkout' }, more)).toMatchObject({
      id: null,
      reason: 'like 2 earlier issues that people called none of the types',
    })
  })

  it('passes over what shares a single word, or only the name of the type it was counted as', () => {
    const single = told('i1', 'refund', 'voucher wrong')
    expect(propose({ issueType: 'checkout' }, [single])).toMatchObject({ id: 'checkout' })
    const label = 'Checkout fails: white page'
    const named = { ...told('i1', 'refund', 'Checkout fails: coupon', 'checkout'), terms: ['coupon'] }
    expect(propose({ label, terms: ['white', 'page'], issueType: 'checkout' }, [named])).toMatchObject({
      id: 'checkout',
    })
  })

  it('is what people called the issue that is back in it, whatever its words', () => {
    expect(propose({ issueType: 'checkout' }, [told('i1', 'refund', 'other words')], 'i1')).toEqual({
      id: 'refund',
      reason: 'is back from an issue that people called Refund late',
      confidence: 1,
    })
  })

  it('is the same whatever the order of what people said, and never fails', () => {
    const words = fc.array(fc.constantFrom('voucher', 'arrived', 'never', 'page', '😶', "x'y"), { maxLength: 5 })
    const issue = fc.record({
      issueId: fc.string(),
      told: fc.constantFrom('refund', 'checkout', null),
      label: words.map((some) => some.join(' ')),
      terms: words,
      issueType: fc.constantFrom('checkout', null),
    })
    fc.assert(
      fc.property(fc.array(issue, { maxLength: 6 }), words, (earlier, terms) => {
        const given = { terms, label: terms.join(' ') }
        const one = propose(given, earlier)
        expect(propose(given, earlier.toReversed())).toEqual(one)
        expect(one.confidence).toBeGreaterThanOrEqual(0)
        expect(one.confidence).toBeLessThanOrEqual(1)
      }),
    )
  })
})

it('reads the further words of a playbook, the newest before others of its type', () => {
  const types = [
    { id: 'refund', terms: ['refund'] },
    { id: 'login', terms: ['login'], examples: ['cannot log in'] },
  ]
  const books = [
    { ...emptyPlaybook('refund'), terms: ['money back'], examples: ['where is my money'] },
    { ...emptyPlaybook('refund'), terms: ['older'] },
  ]
  expect(recognisedTypes(types, books)).toEqual([
    { id: 'refund', terms: ['refund', 'money back'], examples: ['where is my money'] },
    types[1],
  ])
})
