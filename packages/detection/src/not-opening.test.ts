import { describe, expect, it } from 'vitest'
import { somePost } from '../test/some-post.ts'
import type { FoundBurst } from './found-burst.ts'
import { notOpening } from './not-opening.ts'
import type { Post } from './post.ts'

const settings = { minPeople: 4, falseAlarmProbability: 1e-6 }
const found = (texts: readonly string[], own: (n: number) => Partial<Post> = () => ({})): FoundBurst => ({
  rule: 'scan',
  issueType: null,
  windowMs: 1_800_000,
  observed: texts.length,
  expected: 0.03,
  tailProbability: 1e-8,
  members: texts.map((excerpt, n) => somePost({ key: n, person: n, at: n, excerpt, ...own(n) })),
  centroid: { size: 0, features: new Int32Array(), weights: new Float32Array() },
})
const PASTED = 'I think that somebody else has access to my card and pays with it'
const OWN = [
  'somebody pays with my card',
  'who has access to my card, I gave it to nobody',
  'please help, there are payments on my card that are not mine',
  'my card pays for somebody else now',
  'card used by a stranger, three payments since noon',
]
const pasted = (count: number) =>
  Array.from({ length: count }, (_, n) => `${PASTED}${['', ' pls', ' @bank', ' #fail'][n % 4]!}`)

describe('what must not open an issue', () => {
  it('is nothing where people tell it in their own words', () => {
    expect(notOpening(found(OWN), settings)).toBeUndefined()
  })

  it('is a text that a few accounts paste with a word added, and a stranger beside it: two voices', () => {
    expect(notOpening(found([...pasted(3), OWN[0]!]), settings)).toBe('few-accounts')
    expect(notOpening(found([...pasted(3), ...OWN]), settings)).toBeUndefined()
  })

  it('is no campaign of twenty accounts: people are shown that', () => {
    expect(notOpening(found(pasted(19)), settings)).toBe('few-accounts')
    expect(notOpening(found(pasted(20)), settings)).toBeUndefined()
  })

  it('is what is mostly offers, or what nobody but one wrote live', () => {
    expect(notOpening(found(OWN.map((text) => `${text}. Giveaway!`)), settings)).toBe('promotion')
    expect(
      notOpening(
        found(OWN, (n) => ({ backfill: n > 0 })),
        settings,
      ),
    ).toBe('late')
    expect(
      notOpening(
        found(OWN, (n) => ({ backfill: n > 3 })),
        settings,
      ),
    ).toBeUndefined()
  })
})
