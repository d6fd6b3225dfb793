import type { Post } from './post.ts'

/** The issue type most members speak of, if it is half of them. */
export const dominantType = (posts: readonly Post[]): string | null => {
  const counts = new Map<string, number>()
  for (const { types } of posts) for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1)
  const [type, count] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? ['', 0]
  return count * 2 >= posts.length ? type : null
}
