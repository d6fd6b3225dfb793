import { createGuard } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Sighting, SourceContext } from '../connector.ts'
import { countOf, fieldsOf, isoTimeOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { makeSighting } from '../make-sighting.ts'
import { readItems } from '../parse-items.ts'
import type { DiscourseClient } from './discourse-client.ts'
import { createPostWalk } from './post-walk.ts'
import { type Forum, postMentionId } from './forum.ts'
import { itemReader } from './post-to-sighting.ts'

const MOST_KNOWN = 500
const CHECKED_AT_ONCE = 10
/** Each so many looks go back over all known posts, for edits and deletions. */
const DEEP_EVERY = 10
const UNSEEN_TOPIC = 0

/**
 * `newestId`: of the posts delivered, 0 before the first. `since`: where the first look goes back to, epoch ms. `known`:
 * posts that were shown lately, with the topic of those that open one, oldest first.
 */
const Position = Type.Object({
  newestId: Type.Integer({ minimum: 0 }),
  since: Type.Integer({ minimum: 0 }),
  known: Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })])),
})
const isPosition = createGuard(Position)

export type PostListingOptions = {
  client: DiscourseClient
  forum: Forum
  context: SourceContext
  firstLookBackMs: number
}

/**
 * The posts of a forum, newest first by id: each look goes back to the newest delivered before, each tenth over the 500
 * known. A known post that is not where it was is asked for, and deleted where the forum no longer shows it.
 */
export const postListing = ({ client, forum, context, firstLookBackMs }: PostListingOptions): Listing => {
  const { clock, source, hashAuthor } = context
  const firstLookTo = clock.now() - firstLookBackMs
  const walk = createPostWalk(client, clock)
  const reader = { read: itemReader(forum), what: 'post of Discourse' }
  let looks = 0

  /** What became of known posts that a walk came past and did not see. */
  const checkMissing = async (missing: readonly Known[], signal: AbortSignal) => {
    const settled = new Set<number>()
    const found: Sighting[] = []
    for (const [postId, topicId] of missing.slice(0, CHECKED_AT_ONCE)) {
      const post = await client.post(postId, signal)
      const observedAt = clock.now()
      // Still there, but not listed: asked for no more.
      settled.add(postId)
      if (post !== null) found.push(...readItems([post], reader, { source, hashAuthor, observedAt }).sightings)
      else found.push(tombstone(forum, [postId, topicId], { source, hashAuthor, observedAt }))
    }
    return { settled, found }
  }

  return {
    name: 'posts',
    look: async ({ position, deliver, gap, signal }) => {
      const mark = isPosition(position) ? position : { newestId: 0, since: firstLookTo, known: [] }
      // A first look that breaks off goes back as far when it is begun again, however much later.
      if (!isPosition(position)) await deliver({ sightings: [], position: mark })
      const isFirst = mark.newestId === 0
      const isDeep = looks % DEEP_EVERY === 0
      const oldest = isDeep ? Math.min(mark.newestId, mark.known[0]?.[0] ?? mark.newestId) : mark.newestId
      const { startedAt, posts, lowestId, reached } = await walk(
        isFirst ? { since: mark.since } : { id: oldest },
        signal,
      )
      if (!reached && !isFirst) gap('more was written since the last look than is read at once')
      const ids = new Set(posts.map(numberOf))
      const newest = Math.max(0, ...ids)
      const missing = mark.known.filter(([id]) => id >= lowestId && id <= newest && !ids.has(id))
      const { settled, found } = await checkMissing(missing, signal)
      const isDue = (post: unknown): boolean =>
        (!isFirst && numberOf(post) > mark.newestId) || writtenAt(post) >= mark.since
      const due = posts.filter(isDue).toSorted((a, b) => numberOf(a) - numberOf(b))
      const { sightings, rejects } = readItems(due, reader, { source, hashAuthor, observedAt: clock.now() })
      const known = new Map([...mark.known, ...due.map(knownOf)])
      for (const id of settled) known.delete(id)
      await deliver({
        sightings: [...sightings, ...found],
        rejects,
        position: {
          newestId: Math.max(mark.newestId, newest),
          since: mark.since,
          known: [...known].toSorted(([a], [b]) => a - b).slice(-MOST_KNOWN),
        },
      })
      looks += 1
      return { until: startedAt, again: false }
    },
  }
}

type Known = readonly [postId: number, topicId: number]

/** Undated counts as new. */
const writtenAt = (post: unknown): number => isoTimeOf(fieldsOf(post)?.['created_at']) ?? Number.POSITIVE_INFINITY

const numberOf = (post: unknown): number => countOf(fieldsOf(post)?.['id']) ?? 0

const knownOf = (post: unknown): [number, number] => {
  const opens = fieldsOf(post)?.['post_number'] === 1
  return [numberOf(post), (opens ? countOf(fieldsOf(post)?.['topic_id']) : undefined) ?? UNSEEN_TOPIC]
}

const tombstone = (forum: Forum, [postId, topicId]: Known, context: Parameters<typeof makeSighting>[1]): Sighting => {
  const opens = topicId !== UNSEEN_TOPIC
  const name = { postId, topicId: opens ? topicId : undefined, postNumber: opens ? 1 : undefined }
  const id = postMentionId(forum, name)
  return makeSighting({ id, kind: opens ? 'post' : 'comment', text: '', isDeleted: true }, context)
}
