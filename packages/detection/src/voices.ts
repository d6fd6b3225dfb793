import type { Post } from './post.ts'
import { type Reading, isEditedCopy, readingOf } from './reading.ts'

/** How an issue's posts are told and by whom: counts of posts. */
export type Voices = {
  firstHand: number
  hearsay: number
  promotions: number
  jokes: number
  /** Read while a source caught up. */
  late: number
  /** Alike most of the posts before them but for a few words. */
  edited: number
  /** Of accounts whose age is known, and of those under 30 days old. */
  dated: number
  young: number
}

const YOUNG_MS = 30 * 86_400_000
const MAX_COMPARED = 60
const LEAST_COMPARED = 3
const MOST_OF_THEM = 0.5

export const noVoices = (): Voices => ({
  firstHand: 0,
  hearsay: 0,
  promotions: 0,
  jokes: 0,
  late: 0,
  edited: 0,
  dated: 0,
  young: 0,
})

/** Counts a post; `before` are posts that the issue has already. */
export const hear = (voices: Voices, post: Post, before: readonly Post[]): void => {
  count(voices, post, 1)
  const compared = before.slice(-MAX_COMPARED)
  if (compared.length >= LEAST_COMPARED && isLikeMost(readingOf(post), compared)) voices.edited++
}

/** Takes a post out again; that others were like it stays. */
export const unhear = (voices: Voices, post: Post, left: number): void => {
  count(voices, post, -1)
  voices.edited = Math.min(voices.edited, left)
}

export const mergeVoices = (into: Voices, from: Voices): void => {
  for (const name of Object.keys(into) as (keyof Voices)[]) into[name] += from[name]
}

/** The most posts that share at least so much of one text, of the latest 60. */
export const largestFamily = (posts: readonly Post[], least: number): Post[] => {
  const some = posts.slice(-MAX_COMPARED)
  let family: Post[] = []
  for (const post of some) {
    const alike = some.filter((other) => isEditedCopy(readingOf(post), readingOf(other), least))
    if (alike.length > family.length) family = alike
  }
  return family
}

const isLikeMost = (reading: Reading, others: readonly Post[]): boolean => {
  let unlike = 0
  for (const other of others)
    if (!isEditedCopy(reading, readingOf(other)) && ++unlike > (1 - MOST_OF_THEM) * others.length) return false
  return true
}

const count = (voices: Voices, post: Post, by: 1 | -1): void => {
  const { told, promotion, joke } = readingOf(post)
  const add = (name: keyof Voices) => {
    voices[name] = Math.max(0, voices[name] + by)
  }
  if (told === 'first-hand') add('firstHand')
  if (told === 'hearsay') add('hearsay')
  if (promotion) add('promotions')
  if (joke) add('jokes')
  if (post.backfill) add('late')
  if (post.accountAt > 0) add('dated')
  if (post.accountAt > 0 && post.at - post.accountAt < YOUNG_MS) add('young')
}
