import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someIssue } from '../test/some-issue.ts'
import { somePost } from '../test/some-post.ts'
import { doubtOf } from './doubt.ts'
import type { Post } from './post.ts'

const OWN = [
  'my parcel never came and nobody at the depot answers',
  'I paid for next day, it is Friday and there is still no parcel',
  'the driver says delivered but we have nothing here',
  'third failed delivery in a row, where is my package',
  'waited at home all day for a courier who did not show up',
  'tracking has been stuck on out for delivery since Monday',
  'I was told it would come yesterday, it did not',
  'support closed my ticket and the box is still missing',
  'neighbour got theirs, mine is lost somewhere in the warehouse',
  'no delivery again, I took a day off work for this',
  'you lost my order and refuse to send another',
  'it says handed to a resident, there is no resident here',
]
const PASTED =
  'shame on this shop for what it did to the workers in the north, everybody should close their account today and tell all friends'
const WORDS = PASTED.split(' ')
/** The pasted text with one or two words changed. */
const edited = (n: number) =>
  WORDS.map((word, at) => (at % 23 === n % 23 || at === (7 * n) % 23 ? `really${n}` : word)).join(' ')

const posts = (count: number, text: (n: number) => string, own: (n: number) => Partial<Post> = () => ({})): Post[] =>
  Array.from({ length: count }, (_, n) =>
    somePost({ id: `m${n}`, key: n, person: n, at: 1e12 + n * 60_000, excerpt: text(n), ...own(n) }),
  )
const doubt = (some: readonly Post[]) => doubtOf(someIssue(some))

describe('doubt', () => {
  it('has none where people tell one thing each in their own words', () => {
    expect(doubt(posts(12, (n) => OWN[n]!))).toEqual({ authenticity: 'genuine', reasons: [] })
  })

  it('calls a text that twenty accounts paste with a few words changed coordinated', () => {
    const { authenticity, reasons } = doubt(posts(20, edited))
    expect(authenticity).toBe('coordinated')
    expect(reasons.join()).toMatch(/\d+ of 20 posts are one text with a few words changed/)
  })

  it('calls exact copies that outnumber the rest coordinated', () => {
    const copies = posts(
      24,
      () => PASTED,
      (n) => ({ copy: n > 0 }),
    )
    expect(doubt(copies).authenticity).toBe('coordinated')
  })

  it('is uncertain about one angry author with thirty posts', () => {
    const { authenticity, reasons } = doubt(
      posts(
        30,
        (n) => `${OWN[n % 12]!} ${n}`,
        () => ({ person: 7 }),
      ),
    )
    expect(authenticity).not.toBe('genuine')
    expect(reasons).toContain('30 posts come from only 1 person')
  })

  it('is uncertain about fresh accounts, and says nothing of accounts whose age is unknown', () => {
    const young = (n: number) => ({ accountAt: n % 2 === 0 ? 1e12 - 86_400_000 : 1e12 - 400 * 86_400_000 })
    expect(doubt(posts(12, (n) => OWN[n]!, young))).toEqual({
      authenticity: 'uncertain',
      reasons: ['6 of 12 accounts are under 30 days old'],
    })
    expect(
      doubt(
        posts(
          12,
          (n) => OWN[n]!,
          () => ({ accountAt: 0 }),
        ),
      ).authenticity,
    ).toBe('genuine')
  })

  it('takes two signs of organisation together as coordinated', () => {
    const fresh = () => ({ accountAt: 1e12 - 1_000 })
    expect(doubt(posts(12, edited, fresh)).authenticity).toBe('coordinated')
  })

  it('is uncertain about promotions, jokes, rumours and what was read late', () => {
    const cases: [Post[], RegExp][] = [
      [posts(12, (n) => `${OWN[n]!} GIVEAWAY follow and retweet`), /read like offers or giveaways/],
      [posts(12, (n) => `${OWN[n]!} lol`), /joke about it/],
      [posts(12, (n) => `apparently no parcels today ${n}, ${n} people say`), /repeat what they heard/],
      [
        posts(
          12,
          (n) => OWN[n]!,
          () => ({ backfill: true }),
        ),
        /were read late/,
      ],
    ]
    for (const [some, reason] of cases) {
      expect(doubt(some).authenticity).toBe('uncertain')
      expect(doubt(some).reasons.join()).toMatch(reason)
    }
  })

  it('finds none in own words, however few and in whatever order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(OWN, { minLength: 4 }), (texts) => {
        expect(doubt(posts(texts.length, (n) => texts[n]!)).authenticity).toBe('genuine')
      }),
    )
  })
})
