import type { Mention } from '@outcry/contracts'
import type { BrandState } from './brand-state.ts'
import type { Effect } from './effect.ts'
import { hash53 } from './hash.ts'
import { heirOf } from './continued-issue.ts'
import { release, releaseCounted } from './issue.ts'
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

/** A person took posts out of an issue: they leave everything that is counted, for good, and stay to be read. */
export const removePosts = (
  state: BrandState,
  { issueId, mentionIds }: { issueId: string; mentionIds: readonly string[] },
  commandId: string,
): Effect[] => {
  const { brand, book, settings, sources, taken } = state
  for (const id of mentionIds) state.removed.seen(id, Math.max(0, taken), settings.dedupEntries)
  const known = book.get(issueId)
  const issue = known && heirOf(known, book.issues)
  const quoted = new Set(issue?.evidence.map(({ key }) => key))
  const removed = takeOut(state, ({ id }) => mentionIds.includes(id))
  const effects: Effect[] = [{ type: 'removed', brand, mentionIds: [...mentionIds] }]
  if (issue === undefined) return effects
  for (const post of removed) if (!quoted.has(post.key)) releaseCounted(issue, post)
  const events = book.removed(issue, removed, Math.max(sources.clock, taken), commandId)
  return [...effects, ...events.map((event): Effect => ({ type: 'issue', event }))]
}

/** Takes posts out and tells that they, and those mentions, are to be forgotten. */
const forgetPosts = (state: BrandState, matches: (post: Post) => boolean, alsoForget: readonly string[]): Effect[] => {
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
