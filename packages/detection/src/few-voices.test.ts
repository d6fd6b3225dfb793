import { HOUR_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { somePost } from '../test/some-post.ts'
import { FewVoices } from './few-voices.ts'
import { pack, unpack } from './packed.ts'

const START = 480_000 * HOUR_MS
const stormsOf = (posts: readonly { person: number; cluster: number }[]) => {
  const voices = new FewVoices()
  return posts.flatMap((post, n) => voices.add(somePost(post), START + n * 1_000, 4) ?? [])
}
const many = (count: number, post: (n: number) => { person: number; cluster: number }) =>
  Array.from({ length: count }, (_, n) => post(n))

describe('storms of few', () => {
  it('are one person with many posts, told again only when they have doubled', () => {
    expect(stormsOf(many(11, (n) => ({ person: 7, cluster: n })))).toEqual([])
    expect(stormsOf(many(30, (n) => ({ person: 7, cluster: n })))).toEqual([{ person: 7 }, { person: 7 }])
  })

  it('are one text that a few people repeat', () => {
    expect(stormsOf(many(14, (n) => ({ person: n % 3, cluster: 5 })))).toEqual([{ cluster: 5 }])
  })

  it('are no crowd: not many people with a post or two each', () => {
    expect(stormsOf(many(200, (n) => ({ person: n % 100, cluster: 5 })))).toEqual([])
  })

  it('end with the hour', () => {
    const voices = new FewVoices()
    const storms = many(20, (n) => ({ person: 7, cluster: n })).flatMap(
      (post, n) => voices.add(somePost(post), START + n * 0.1 * HOUR_MS, 4) ?? [],
    )
    expect(storms).toEqual([])
  })

  it('go on from a snapshot as if it had never been taken', () => {
    const post = fc.record({ person: fc.nat(3), cluster: fc.nat(2), minute: fc.integer({ min: 0, max: 4 }) })
    fc.assert(
      fc.property(fc.array(post, { maxLength: 150 }), (posts) => {
        let voices = new FewVoices()
        const straight = new FewVoices()
        let now = START
        for (const { minute, ...given } of posts) {
          now += minute * 60_000
          expect(voices.add(somePost(given), now, 4)).toEqual(straight.add(somePost(given), now, 4))
          const bytes = pack(voices.pack())
          voices = FewVoices.unpack(unpack(bytes))
          expect(pack(voices.pack())).toEqual(bytes)
        }
      }),
      { numRuns: 30 },
    )
  })
})
