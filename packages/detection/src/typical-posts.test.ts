import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { somePost } from '../test/some-post.ts'
import { typicalPosts } from './typical-posts.ts'

const postsOf = (texts: readonly string[], people: number) =>
  texts.map((excerpt, at) => somePost({ id: `m${at}`, key: at, person: at % people, at, excerpt }))

describe('typicalPosts', () => {
  it('shows the first, then who says it best', () => {
    const posts = postsOf(
      ['anyone else?', 'hello there', 'the checkout page hangs', 'checkout is slow', 'the checkout page hangs'],
      9,
    )
    const shown = typicalPosts(posts, ['checkout', 'page', 'hangs'], 3)
    expect(shown.map(({ id }) => id)).toEqual(['m0', 'm2', 'm3'])
  })

  it('shows different people and texts, and posts that were given', () => {
    const text = fc.array(fc.constantFrom('checkout', 'page', 'hangs', 'cart'), { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), (texts, people) => {
        const posts = postsOf(
          texts.map((said) => said.join(' ')),
          people,
        )
        const shown = typicalPosts(posts, ['checkout', 'page'], 3)
        expect(new Set(shown.map(({ person }) => person)).size).toBe(shown.length)
        expect(new Set(shown.map(({ excerpt }) => excerpt)).size).toBe(shown.length)
        expect(shown.length).toBe(Math.min(shown.length, 3))
        expect(shown[0]).toBe(posts[0])
        for (const post of shown) expect(posts).toContain(post)
      }),
    )
  })
})
