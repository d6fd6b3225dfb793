import { words } from '@outcry/text'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describePosts } from './label.ts'
import { isStopWord } from './label-stop-words.ts'
import { somePost } from '../test/some-post.ts'

const UNKNOWN = () => 3
const posts = (texts: readonly string[], lang = 'en') =>
  texts.map((excerpt, at) => somePost({ id: `m${at}`, person: at, at, excerpt, lang }))
const context = { brand: 'acme', rarity: UNKNOWN, typeLabel: undefined }
const CHECKOUT = [
  '@acme so I press pay and the checkout page keeps spinning',
  'hey Acme the checkout page does not load http://acme.example/cart',
  'checkout page is broken again, thanks @acme',
  'my cart is empty after the checkout page crashed',
  'cart empty, checkout page dead',
]

describe('describePosts', () => {
  it('names what people share, the type first', () => {
    expect(describePosts(posts(CHECKOUT), { ...context, typeLabel: 'App breaks' }).label).toMatch(
      /^App breaks: checkout page\b/,
    )
    expect(describePosts(posts(CHECKOUT), context).label).toMatch(/^Checkout page, /)
  })

  it('speaks the language of most', () => {
    const german = posts(['der Warenkorb ist leer', 'Warenkorb leer und keine Hilfe', 'wieder Warenkorb leer'], 'de')
    const { label } = describePosts([...german, ...posts(['cart is empty', 'empty cart'])], context)
    expect(label).toMatch(/warenkorb/i)
    expect(label).not.toMatch(/cart|empty/i)
  })

  it('holds no stop words, handles, links or names of the brand, whatever is written', () => {
    const word = fc.oneof(
      fc.constantFrom('the', 'and', 'so', 'keeps', '@acme', '@jane.doe', 'Acme', '#teamacme', 'please', 'after', 'I'),
      fc.constantFrom(
        'https://acme.example/x?y=z',
        'www.acme.example',
        'jane@acme.example',
        'checkout',
        'cart',
        'error',
      ),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 12 }), { maxLength: 12 }), (texts) => {
        const { label, terms } = describePosts(posts(texts.map((text) => text.join(' '))), context)
        const shown = label === 'Similar complaints' ? terms : [...words(label), ...terms]
        for (const one of shown) {
          expect(isStopWord(one, 'en')).toBe(false)
          expect(one).not.toMatch(/acme|jane|doe|@|https?|www/i)
        }
        expect(terms.length).toBeLessThanOrEqual(8)
        expect(words(label).length).toBeLessThanOrEqual(5)
      }),
      { numRuns: 200 },
    )
  })

  it('names a mix of two kinds by both', () => {
    const mixed = [
      'flight cancelled no rebooking',
      'cancelled flight again',
      'they cancelled my flight',
      'on hold for two hours',
      'hold music for an hour',
      'still on hold',
      'cancelled flight and on hold',
    ]
    const { label } = describePosts(posts(mixed), { ...context, typeLabel: 'Support cannot be reached' })
    expect(label).toMatch(/cancelled/)
    expect(label).toMatch(/hold/)
  })

  it('leaves out what everybody always says', () => {
    const { label } = describePosts(posts(['shop checkout hangs', 'shop checkout hangs']), {
      ...context,
      rarity: () => 0,
    })
    expect(label).toBe('Similar complaints')
  })
})
