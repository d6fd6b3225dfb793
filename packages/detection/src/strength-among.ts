import type { Strength } from './found-burst.ts'
import { chanceOf } from './least-people.ts'
import type { Post } from './post.ts'

/** A window of the same length and expectation by some posts alone: the most people of theirs that it ever held. */
export const strengthAmong = (posts: readonly Post[], window: Strength): Strength => {
  const voices = window.copied === true ? posts : posts.filter(({ copy }) => !copy)
  let observed = 0
  for (const { at: from } of voices) {
    const within = voices.filter(({ at }) => at >= from && at < from + window.windowMs)
    observed = Math.max(observed, new Set(within.map(({ person }) => person)).size)
  }
  return { ...window, observed, tailProbability: chanceOf(observed, window) }
}
