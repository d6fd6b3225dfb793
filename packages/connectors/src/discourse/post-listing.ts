import { createGuard } from '@outcry/contracts'
import { Type } from 'typebox'
import type { ParseContext, Reject, Sighting, SourceContext } from '../connector.ts'
import { countOf, fieldsOf, isoTimeOf } from '../fields.ts'
import { PlatformError } from '../http/platform-error.ts'
import type { Listing } from '../listing/listing.ts'
import { makeSighting } from '../make-sighting.ts'
import { readItems } from '../parse-items.ts'
import type { DiscourseClient } from './discourse-client.ts'
import { type Forum, postMentionId, topicMentionId } from './forum.ts'
import { createPostWalk } from './post-walk.ts'
import { itemReader } from './post-to-sighting.ts'
import { recovered } from './recovered.ts'

const MOST_KNOWN = 500
const CHECKED_AT_ONCE = 10
/** Each so many looks go back over all known posts, for edits and deletions. */
const DEEP_EVERY = 10
const GONE = 'delete'

/** A post that was shown lately: its id, the topic where it opens one (else 0), and its revision (empty where it is no mention). */
const Known = Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 }), Type.String()])
type Known = Readonly<Type.Static<typeof Known>>
/** `newestId`: of the posts delivered, 0 before the first. `since`: where the first look goes back to, epoch ms. `known`: oldest first. */
const Position = Type.Object({
  newestId: Type.Integer({ minimum: 0 }),
  since: Type.Integer({ minimum: 0 }),
  known: Type.Array(Known),
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
  const observed = (): ParseContext => ({ source, hashAuthor, observedAt: clock.now() })
  let looks = 0

  /** What of the walked posts is new or changed; `known` comes to hold it. */
  const readNews = (posts: readonly unknown[], known: Map<number, Known>) => {
    const sightings: Sighting[] = []
    const rejects: Reject[] = []
    for (const post of posts.toSorted((a, b) => numberOf(a) - numberOf(b))) {
      const id = numberOf(post)
      const found = readItems([post], reader, observed())
      const rev = found.sightings[0]?.mention.rev ?? ''
      const before = known.get(id)?.[2]
      if (before === rev) continue
      sightings.push(...(before === GONE ? found.sightings.map(recovered) : found.sightings))
      rejects.push(...found.rejects)
      known.set(id, [id, openedTopic(post), rev])
    }
    return { sightings, rejects }
  }

  /** What became of known posts that the walk came past and did not see. */
  const checkMissing = async (missing: readonly Known[], known: Map<number, Known>, signal: AbortSignal) => {
    const found: Sighting[] = []
    for (const [id, topicId] of missing.slice(0, CHECKED_AT_ONCE)) {
      const post = await client.post(id, signal).catch((error: unknown) => {
        const isRefusal = error instanceof PlatformError && (error.status < 500 || error.retryAfterMs !== null)
        if (signal.aborted || isRefusal) throw error
      })
      // One post that the forum fails to show must not hold up the others: it is asked for at the next look again.
      if (post === undefined) continue
      if (post === null) {
        found.push(tombstone(forum, id, topicId, observed()))
        known.set(id, [id, topicId, GONE])
      } else {
        // Still there, but not listed: asked for no more.
        found.push(...readItems([post], reader, observed()).sightings)
        known.delete(id)
      }
    }
    return found
  }

  return {
    name: 'posts',
    look: async ({ position, deliver, gap, signal }) => {
      const mark = isPosition(position) ? position : { newestId: 0, since: firstLookTo, known: [] }
      // A first look that breaks off goes back as far when it is begun again, however much later.
      if (!isPosition(position)) await deliver({ sightings: [], position: mark })
      const isFirst = mark.newestId === 0
      const lowestKnown = Math.min(mark.newestId, mark.known[0]?.[0] ?? mark.newestId)
      const isDeep = looks % DEEP_EVERY === 0
      const end = isFirst ? { since: mark.since } : { id: isDeep ? lowestKnown : mark.newestId }
      const { startedAt, posts, lowestId, reached } = await walk(end, signal)
      if (!reached && !isFirst) gap('more was written since the last look than is read at once')
      const known = new Map<number, Known>(mark.known.map((each) => [each[0], each]))
      const ids = new Set(posts.map(numberOf))
      const newest = Math.max(0, ...ids)
      const missing = mark.known.filter(([id, , rev]) => rev !== GONE && id >= lowestId && id <= newest && !ids.has(id))
      const isDue = (post: unknown) => (isFirst ? writtenAt(post) >= mark.since : numberOf(post) >= lowestKnown)
      const { sightings, rejects } = readNews(posts.filter(isDue), known)
      const others = await checkMissing(missing, known, signal)
      await deliver({
        sightings: [...sightings, ...others],
        rejects,
        position: {
          newestId: Math.max(mark.newestId, newest),
          since: mark.since,
          known: [...known.values()].toSorted(([a], [b]) => a - b).slice(-MOST_KNOWN),
        },
      })
      looks += 1
      return { until: startedAt, again: false }
    },
  }
}

/** Undated counts as new. */
const writtenAt = (post: unknown): number => isoTimeOf(fieldsOf(post)?.['created_at']) ?? Number.POSITIVE_INFINITY

const numberOf = (post: unknown): number => countOf(fieldsOf(post)?.['id']) ?? 0

const openedTopic = (post: unknown): number =>
  (fieldsOf(post)?.['post_number'] === 1 ? countOf(fieldsOf(post)?.['topic_id']) : undefined) ?? 0

const tombstone = (forum: Forum, postId: number, topicId: number, context: ParseContext): Sighting => {
  const opens = topicId !== 0
  const id = opens ? topicMentionId(forum, topicId) : postMentionId(forum, postId)
  return makeSighting({ id, kind: opens ? 'post' : 'comment', text: '', isDeleted: true }, context)
}
