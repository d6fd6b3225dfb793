import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, fingerprintDistance, isNearDuplicate } from './index.ts'

const word = fc.stringMatching(/^[a-z]{3,9}$/)
const sentence = fc.array(word, { minLength: 14, maxLength: 40 })

describe('fingerprint', () => {
  it('ignores handles, links, case, accents, white space and punctuation', () => {
    const original = fingerprint('My order is late again, no answer since Monday!')
    for (const copy of [
      'RT @ann: my ORDER is late again no answer since monday',
      '@acme @bob   My  order is late again — no answer since Monday https://x.example/1',
      'Mý order is late again. No answer since Monday?!',
    ])
      expect(fingerprint(copy)).toEqual(original)
  })

  it('tells word-for-word copies from texts with the same words in another order', () => {
    const a = fingerprint('the refund never came and the parcel came broken')
    const b = fingerprint('the parcel never came and the refund came broken')
    expect(a.exact).not.toBe(b.exact)
  })

  it('calls any text with words a copy of itself, whatever is put around it', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 60 }),
        fc.stringMatching(/^@[a-z]{1,8}$/),
        (list, handle) => {
          const text = list.join(' ')
          expect(isNearDuplicate(fingerprint(text), fingerprint(`${handle} ${text.toUpperCase()} !!`))).toBe(
            list[0] !== 'rt',
          )
        },
      ),
    )
  })

  it('stays near under one changed word and far between unrelated texts', () => {
    let near = 0
    let copies = 0
    const runs = 200
    fc.assert(
      fc.property(sentence, sentence, word, (list, other, added) => {
        const original = fingerprint(list.join(' '))
        const edited = fingerprint([...list.slice(0, 7), added, ...list.slice(8)].join(' '))
        if (isNearDuplicate(original, edited)) near++
        if (isNearDuplicate(original, fingerprint(other.join(' ')))) copies++
        expect(fingerprintDistance(original, edited)).toBeLessThan(32)
      }),
      { numRuns: runs, seed: 1 },
    )
    expect(near).toBeGreaterThan(runs / 2)
    expect(copies).toBe(0)
  })

  it('is a distance: none to itself, the same both ways, at most 64', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 100 }), (a, b) => {
        const [x, y] = [fingerprint(a), fingerprint(b)]
        expect(fingerprintDistance(x, x)).toBe(0)
        expect(fingerprintDistance(x, y)).toBe(fingerprintDistance(y, x))
        expect(fingerprintDistance(x, y)).toBeLessThanOrEqual(64)
      }),
    )
  })

  it('never calls texts without words, or different short ones, copies', () => {
    expect(isNearDuplicate(fingerprint('@ann https://x.example'), fingerprint('!!!'))).toBe(false)
    expect(isNearDuplicate(fingerprint('still waiting'), fingerprint('still broken'))).toBe(false)
    expect(isNearDuplicate(fingerprint('still waiting'), fingerprint('Still waiting!'))).toBe(true)
  })
})
