import { words } from '@outcry/text'
import type { Post } from './post.ts'

/**
 * The first post and those that say most of the terms in the fewest words, of different people and texts, best first; of
 * equals the earlier. `posts` are in order of time.
 */
export const typicalPosts = (posts: readonly Post[], terms: readonly string[], most: number): Post[] => {
  const weighed = posts.map((post) => {
    const said = new Set(words(post.excerpt))
    const terse = Math.sqrt(8 + said.size)
    return { post, worth: terms.filter((term) => said.has(term)).length / terse }
  })
  const chosen: Post[] = posts.slice(0, 1)
  for (const { post } of weighed.sort((a, b) => b.worth - a.worth)) {
    if (chosen.length >= most) break
    if (!chosen.some(({ person, excerpt }) => person === post.person || excerpt === post.excerpt)) chosen.push(post)
  }
  return chosen
}
