import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createScorer } from './index.ts'

const scorer = createScorer()
const complaint = (text: string, lang?: string) => scorer.score({ text, lang }).complaint
const stars = (value: number, text = 'it is what it is') =>
  scorer.score({ text, rating: { value, min: 1, max: 5 } }).complaint

describe('complaint', () => {
  it.each([
    ['en', 'orders are late again, refund please', 'orders are early again, thank you so much'],
    ['en', 'checkout hangs after paying', 'checkout was quick and easy, love it'],
    ['en', 'been on hold for two hours, is anyone there?', 'what time do you open on Sunday?'],
    ['de', 'Die App stürzt seit dem Update ständig ab', 'Die neue App ist super, vielen Dank'],
    ['es', 'Mi pedido no ha llegado y nadie responde', 'Mi pedido llegó hoy, muchas gracias'],
    ['fr', 'Toujours pas reçu mon colis, aucune réponse', 'Colis reçu aujourd’hui, merci beaucoup'],
    ['it', 'Il sito non funziona e nessuno risponde', 'Il servizio è ottimo, grazie mille'],
    ['pt', 'Fui cobrado duas vezes e ninguém resolve', 'O atendimento foi excelente, muito obrigado'],
    ['ar', 'التطبيق لا يعمل ولا احد يرد', 'الخدمة ممتازة شكرا جزيلا'],
    ['hi', 'मेरा रिफंड अभी तक नहीं मिला', 'बहुत बहुत धन्यवाद, सर्विस बहुत अच्छा है'],
    ['hi', 'mera paisa kat gaya aur order nahi mila', 'bahut accha service hai, shukriya'],
  ])('parts trouble from praise and plain questions (%s): %s', (lang, trouble, calm) => {
    expect(complaint(trouble, lang)).toBeGreaterThan(0.5)
    expect(complaint(calm, lang)).toBeLessThan(0.5)
  })

  it('believes a rating before the words', () => {
    expect(stars(1)).toBeGreaterThan(0.85)
    expect(stars(5)).toBeLessThan(0.15)
    expect(stars(1, 'great')).toBeGreaterThan(0.5)
    expect(stars(3, 'keeps crashing, refund please')).toBeGreaterThan(stars(3, 'lovely, thank you'))
  })

  it('only falls as stars are added', () => {
    fc.assert(
      fc.property(
        fc.lorem(),
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (text, a, b) => {
          const at = (value: number) => scorer.score({ text, rating: { value, min: 0, max: 10 } }).complaint
          expect(at(Math.min(a, b))).toBeGreaterThanOrEqual(at(Math.max(a, b)))
        },
      ),
    )
  })

  it('does without a scale that is none', () => {
    const text = 'still waiting for my refund'
    expect(scorer.score({ text, rating: { value: 3, min: 5, max: 5 } }).complaint).toBe(complaint(text))
    expect(scorer.score({ text, rating: { value: Number.NaN, min: 1, max: 5 } }).complaint).toBe(complaint(text))
  })

  it('stays between 0 and 1 and says the same twice, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 500 })), fc.string(), (text, title) => {
        const first = scorer.score({ text, title })
        expect(first.complaint).toBeGreaterThanOrEqual(0)
        expect(first.complaint).toBeLessThanOrEqual(1)
        expect(first.hostility).toBeGreaterThanOrEqual(0)
        expect(first.hostility).toBeLessThan(1)
        expect(createScorer().score({ text, title })).toEqual(first)
      }),
    )
  })
})

describe('hostility', () => {
  const hostility = (text: string) => scorer.score({ text }).hostility

  it('is nothing in plain reports, and grows with insults and shouting', () => {
    expect(hostility('my parcel did not arrive yet, can you check?')).toBe(0)
    expect(hostility('this is pathetic')).toBeGreaterThan(0)
    expect(hostility('you are thieves and liars')).toBeGreaterThan(hostility('this is pathetic'))
    expect(hostility('WHERE IS MY MONEY ANSWER NOW!!')).toBeGreaterThan(0.3)
  })

  it.each([
    'ihr Betrüger',
    'sois unos ladrones',
    'bande de voleurs',
    'siete dei ladri',
    'seus ladrões',
    'حرامية',
    'sab chor hai',
  ])('knows an insult in other languages: %s', (text) => {
    expect(hostility(text)).toBeGreaterThan(0.3)
  })
})

describe('harm', () => {
  it.each([
    ['safety', 'the charger caught fire'],
    ['safety', 'Glas im Essen gefunden, jetzt Krankenhaus'],
    ['privacy', 'I can see other people’s orders, what a data leak'],
    ['privacy', 'ma carte et mes données piratées, mes données sont en ligne'],
    ['money', 'I was charged twice'],
    ['money', 'me cobraron dos veces'],
    ['access', 'can’t log in since this morning'],
    ['access', 'o aplicativo está fora do ar'],
    ['access', 'التطبيق لا يعمل'],
    ['none', 'the new colour is ugly'],
  ])('is %s in: %s', (harm, text) => {
    expect(scorer.score({ text }).harm).toBe(harm)
  })

  it('is the gravest of those named', () => {
    expect(scorer.score({ text: 'locked out, charged twice, and the battery exploded' }).harm).toBe('safety')
  })
})
