import type { Mention } from '@outcry/contracts'
import type { BrandState } from './brand-state.ts'
import type { Effect } from './effect.ts'
import { hash53 } from './hash.ts'
import { release } from './issue.ts'
import type { Post } from './post.ts'

/** A mention or all of a person was deleted: taken out of everything, told as forgotten, and not counted again. */
export const deleteMention = (state: BrandState, mention: Mention): Effect[] => {
  const person = mention.deleteAuthor && mention.author ? hash53(mention.author.id) : undefined
  const key = hash53(mention.id)
  if (person === undefined && mention.movedAway !== true)
    state.deleted.seen(mention.id, Math.max(mention.eventTime, state.taken), state.settings.dedupEntries)
  const held = state.hold.drop((other) =>
    person === undefined ? other.id === mention.id : hash53(other.author?.id ?? other.id) === person,
  )
  for (const gone of held) state.meanings.forget(gone)
  return forgetPosts(
    state,
    (post) => (person === undefined ? post.key === key : post.person === person),
    person === undefined ? [mention.id] : held.map(({ id }) => id),
  )
}

/** Takes posts out and tells that they, and those mentions, are to be forgotten. */
export const forgetPosts = (
  state: BrandState,
  matches: (post: Post) => boolean,
  alsoForget: readonly string[],
): Effect[] => {
  const removed = takeOut(state, matches)
  const mentionIds = [...new Set([...alsoForget, ...removed.map(({ id }) => id).filter(Boolean)])]
  return mentionIds.length > 0 ? [{ type: 'forget', brand: state.brand, mentionIds }] : []
}

/** An edit takes the place of what was there. */
export const takeOutReplaced = (state: BrandState, { id, op }: Pick<Mention, 'id' | 'op'>): void => {
  if (op !== 'update' && !state.neighbourhood.find(id)) return
  takeOut(state, (post) => post.id === id || post.key === hash53(id))
}

const takeOut = ({ neighbourhood, counters, book, settings }: BrandState, matches: (post: Post) => boolean): Post[] => {
  const removed = neighbourhood.remove(matches)
  for (const post of removed) {
    if (!post.copy) counters.remove(post, post.complaint >= settings.complaintThreshold)
  }
  for (const issue of book.issues) {
    for (const post of issue.evidence.filter(matches)) {
      release(issue, post)
      removed.push(post)
    }
  }
  return removed
}
