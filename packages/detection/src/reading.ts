import { type Stance, type Word, readWords, stanceOf } from '@outcry/text'
import { mix32 } from './hash.ts'
import type { Post } from './post.ts'

/** What is read of a post only once it joins an issue: how it is told, and its pairs of words as sorted hashes. */
export type Reading = Stance & { pairs: Uint32Array }

/** Fewer pairs of words than this may be alike by chance: "the app is down again". */
const LEAST_PAIRS = 7
/** Share of the pairs of words of two posts from which one is an edited copy of the other. */
export const EDITED_COPY = 0.45
/** The same of posts that are copies but for a word at the end or in between. */
export const NEAR_COPY = 0.85

const readings = new WeakMap<Post, Reading>()

/** Read from the excerpt, the first 280 characters; remembered with the post. */
export const readingOf = (post: Post): Reading => {
  let reading = readings.get(post)
  if (!reading) {
    const found = readWords(post.excerpt)
    readings.set(post, (reading = { ...stanceOf(post.excerpt, found), pairs: pairsOf(found) }))
  }
  return reading
}

/** A copy of a post has been read when the post has. */
export const sameReading = (post: Post, of: Post): void => void readings.set(post, readingOf(of))

/** True where one text is the other with a few words changed: they share most pairs of words that follow each other. */
export const isEditedCopy = ({ pairs: a }: Reading, { pairs: b }: Reading, least = EDITED_COPY): boolean => {
  const shorter = Math.min(a.length, b.length)
  if (shorter < LEAST_PAIRS || shorter < least * Math.max(a.length, b.length)) return false
  let shared = 0
  let left = 0
  let right = 0
  while (left < a.length && right < b.length) {
    const order = a[left]! - b[right]!
    if (order === 0) shared++
    if (order <= 0) left++
    if (order >= 0) right++
  }
  return shared >= least * (a.length + b.length - shared)
}

const pairsOf = (found: readonly Word[]): Uint32Array => {
  const pairs = new Set<number>()
  for (let at = 1; at < found.length; at++) pairs.add(mix32(Math.imul(found[at - 1]!.print, 31) ^ found[at]!.print))
  return Uint32Array.from(pairs).sort()
}
