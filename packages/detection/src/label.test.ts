import { createScorer, tokenize, words } from '@outcry/text'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describePosts } from './label.ts'
import { isStopWord } from './label-stop-words.ts'
import { somePost } from '../test/some-post.ts'

const UNKNOWN = () => 3
const posts = (texts: readonly string[], lang = 'en') =>
  texts.map((excerpt, at) => somePost({ id: `m${at}`, person: at, at, excerpt, lang }))
const scorer = createScorer()
const complaintOf = (text: string, lang: string) => scorer.score({ text, lang }).complaint
const context = {
  brand: 'acme',
  rarity: UNKNOWN,
  issueType: null,
  typeLabel: undefined,
  typesOf: () => [],
  complaintOf,
}
const CHECKOUT = [
  '@acme so I press pay and the checkout page keeps spinning',
  'hey Acme the checkout page does not load http://acme.example/cart',
  'checkout page is broken again, thanks @acme',
  'my cart is empty after the checkout page crashed',
  'cart empty, checkout page dead',
]

describe('describePosts', () => {
  it('names what people share in words of theirs, the type first where these speak of it', () => {
    const typed = { ...context, issueType: 'app', typeLabel: 'App breaks' }
    const label = (spokenOf: string[]) => describePosts(posts(CHECKOUT), { ...typed, typesOf: () => spokenOf }).label
    expect(label(['app'])).toMatch(/^App breaks: (?:\w+ )*checkout page\b/)
    expect(label(['login'])).toMatch(/^(?:\w+ )*checkout page\b/i)
    expect(label([])).not.toContain('App breaks')
  })

  it('says once what people call by the name of the type', () => {
    const typed = { ...context, issueType: 'checkout', typeLabel: 'Checkout fails', typesOf: () => ['checkout'] }
    const label = (...texts: string[]) => describePosts(posts(texts), typed).label
    expect(label('checkout fails', '@acme your checkout fails', 'the checkout is failing')).toBe('Checkout fails')
    expect(label('Checkout fails twice', 'checkout fails twice now', 'checkout fails twice')).toBe(
      'Checkout fails twice',
    )
    expect(label('checkout never opens', 'my checkout never opens', 'checkout never opens')).toBe(
      'Checkout fails: checkout never opens',
    )
  })

  it('keeps what did not happen', () => {
    const missing = [
      'I paid yesterday but my confirmation email never came',
      'Confirmation email never came, who helps?',
      'No CONFIRMATION EMAIL since Monday. Ref 883412',
    ]
    expect(describePosts(posts(missing), context).label).toBe('Confirmation email never came')
    const french = [
      'Je n’ai pas reçu la confirmation',
      'pas reçu de confirmation',
      'Toujours pas reçu la confirmation !',
    ]
    expect(describePosts(posts(french, 'fr'), context).label).toMatch(/pas reçu (?:la|de) confirmation$/i)
    const elided = ['l’application n’ouvre pas', 'L’application n’ouvre pas', 'l’application n’ouvre pas du tout']
    expect(describePosts(posts(elided, 'fr'), context).label).toBe('Application n’ouvre pas')
    const german = [
      'Der Gutschein funktioniert nicht',
      'Gutschein funktioniert nicht mehr',
      'mein Gutschein geht nicht',
    ]
    expect(describePosts(posts(german, 'de'), context).label).toBe('Gutschein funktioniert nicht')
  })

  it('begins with what happened, not with who thinks or asks it', () => {
    const label = (texts: string[], lang = 'en') => describePosts(posts(texts, lang), context).label
    const thought = ['I think my PIN is blocked', 'I think that my PIN is blocked', 'so I guess my PIN is blocked']
    expect(label(thought)).toBe('PIN is blocked')
    const asked = [
      "Why can't I get cash from the machine?",
      "can't I get cash",
      'The machine gives no cash',
      'no cash from it',
    ]
    expect(label(asked)).not.toMatch(/^can.t i/i)
    const seen = ['Ich sehe zwei Abbuchungen', 'ich sehe zwei Abbuchungen', 'Sehe hier zwei Abbuchungen']
    expect(label(seen, 'de')).toBe('Zwei Abbuchungen')
  })

  it('never loses the "not" beside what it shows', () => {
    const spanish = ['no hay correo de confirmación en mi bandeja', 'no hay correo de confirmación en mi cuenta']
    expect(describePosts(posts(spanish, 'es'), context).label).toMatch(/^no hay correo de confirmación/i)
  })

  it('shows words that complain rather than what the complaint is about', () => {
    const texts = [
      'My voucher code in the basket. Voucher code rejected',
      'voucher code in the basket, voucher code rejected',
      'The voucher code in the basket? Rejected',
    ]
    expect(describePosts(posts(texts), context).label).toBe('Voucher code rejected')
  })

  it('ends where the clause does, with the verb or prefix that stands last', () => {
    const german = [
      'die App stürzt ständig ab auf dem Telefon',
      'App stürzt ständig ab',
      'die App stürzt ständig ab bei uns',
    ]
    expect(describePosts(posts(german, 'de'), context).label).toMatch(/^App stürzt ständig ab/)
    const hindi = ['पार्सल सोमवार को मिलना था', 'मेरा पार्सल सोमवार को मिलना था', 'पार्सल सोमवार को मिलना था']
    expect(describePosts(posts(hindi, 'hi'), context).label).toBe('पार्सल सोमवार को मिलना था')
  })

  it('speaks the language of most', () => {
    const german = posts(['der Warenkorb ist leer', 'Warenkorb leer und keine Hilfe', 'wieder Warenkorb leer'], 'de')
    const { label } = describePosts([...german, ...posts(['cart is empty', 'empty cart'])], context)
    expect(label).toMatch(/warenkorb/i)
    expect(label).not.toMatch(/cart|empty/i)
  })

  it('holds no handles, links or names of the brand, and nothing that one person alone said', () => {
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
        const given = posts(texts.map((text) => text.join(' ')))
        const { label, terms } = describePosts(given, context)
        for (const one of terms) expect(isStopWord(one, 'en')).toBe(false)
        const shown = label === 'Similar complaints' ? terms : [...words(label), ...terms]
        for (const one of shown) {
          expect(one).not.toMatch(/acme|jane|doe|@|https?|www/i)
          const stems = given.filter(({ excerpt }) => tokenize(excerpt, 'en').includes(tokenize(one, 'en')[0]!))
          expect(stems.length > 1 || isStopWord(one, 'en')).toBe(true)
        }
        expect(terms.length).toBeLessThanOrEqual(8)
        expect(words(label).length).toBeLessThanOrEqual(14)
      }),
      // "n’d’cart" would read as one word that nobody wrote.
      { numRuns: 200, examples: [[[['cart'], ['n', 'd', 'cart']]]] },
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
    const { label } = describePosts(posts(mixed), context)
    expect(label).toMatch(/cancelled/i)
    expect(label).toMatch(/hold/)
  })

  it('leaves out what everybody always says', () => {
    const { label } = describePosts(posts(['shop checkout hangs', 'shop checkout hangs']), {
      ...context,
      rarity: () => 0,
    })
    expect(label).toBe('Similar complaints')
  })

  it('falls back on the name of the type where the words of people give none', () => {
    const said = describePosts([], { ...context, issueType: 'checkout', typeLabel: 'Checkout fails', typeLeads: false })
    expect(said.label).toBe('Checkout fails')
    expect(describePosts([], { ...context, typeLeads: false }).label).toBe('Similar complaints')
  })
})
