import { createGuard, DAY_MS, HOUR_MS, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Sighting, SourceContext } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { createHttpClient } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import type { Listing } from '../listing/listing.ts'
import { feedToSightings } from './feed-to-sightings.ts'
import { readFeed } from './read-feed.ts'

const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 30 }
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, */*;q=0.1'
const FIRST_LOOK_BACK_MS = DAY_MS
/** Remembered beyond what the feed shows now, and in all. */
const SEEN_BEFORE = 200
const MOST_SEEN = 3_000
/** A feed is left alone no longer than this, whatever its `ttl` says. */
const LONGEST_REST_MS = HOUR_MS
const GONE = 410

/**
 * `since`: what is dated earlier is not delivered, epoch ms. `seen`: hashes of the revisions that were shown, the newest
 * first. `etag`, `modified`: of the last answer, to be told that nothing changed.
 */
const Position = Type.Object({
  since: Type.Integer({ minimum: 0 }),
  isFirst: Type.Boolean(),
  seen: Type.Array(Type.String()),
  etag: Type.Union([Type.String(), Type.Null()]),
  modified: Type.Union([Type.String(), Type.Null()]),
})
const isPosition = createGuard(Position)

/** One feed: asked for whole, each time; what it showed before is known by id and content. */
export const feedListing = (url: string, { clock, random, source, hashAuthor }: SourceContext): Listing => {
  const http = createHttpClient({ clock, random, limits: LIMITS })
  const firstLookTo = Math.max(0, clock.now() - FIRST_LOOK_BACK_MS)
  let restUntil = 0
  let lookedAt = 0

  const ask = async (headers: Readonly<Record<string, string>>, signal: AbortSignal) => {
    try {
      return await http.get(url, signal, { accept: ACCEPT, ...headers })
    } catch (error) {
      if (error instanceof PlatformError && error.status === GONE)
        throw new PlatformRefusal(GONE, 'the feed is gone for good')
      throw error
    }
  }

  return {
    name: nameOf(url),
    look: async ({ position, deliver, gap, signal }) => {
      const startedAt = clock.now()
      if (startedAt < restUntil) return { until: lookedAt, again: false }
      const mark = isPosition(position)
        ? position
        : { since: firstLookTo, isFirst: true, seen: [], etag: null, modified: null }
      // A first look that breaks off goes back as far when it is begun again, however much later.
      if (!isPosition(position)) await deliver({ sightings: [], position: mark })
      const { etag, modified } = mark
      const conditions = {
        ...(etag === null ? {} : { 'if-none-match': etag }),
        ...(modified === null ? {} : { 'if-modified-since': modified }),
      }
      const answer = await ask(conditions, signal)
      lookedAt = startedAt
      if (answer.status === 304) return { until: startedAt, again: false }
      const read = readFeed(answer.body, answer.headers.get('content-type') ?? undefined)
      if (!read.ok) throw new Error(`the address of the feed answers with something else: ${read.reason}`)
      const { sightings, rejects } = feedToSightings(read.feed, url, { source, hashAuthor, observedAt: clock.now() })
      const known = new Set(mark.seen)
      const shown = sightings.map(keyOf)
      const news = sightings.filter((_, at) => !known.has(shown[at]!))
      const ids = new Set(mark.seen.map(idOfKey))
      if (ids.size > 0 && shown.length > 1 && !shown.some((key) => ids.has(idOfKey(key))))
        gap('nothing that the feed shows was seen before: it may have shown more meanwhile')
      const now = new Set(shown)
      const before = mark.seen.filter((key) => !now.has(key)).slice(0, SEEN_BEFORE)
      await deliver({
        sightings: news.filter(
          ({ mention: { createdAt } }) => (createdAt ?? (mark.isFirst ? 0 : mark.since)) >= mark.since,
        ),
        rejects,
        position: {
          since: mark.since,
          isFirst: false,
          seen: [...shown.toReversed(), ...before].slice(0, MOST_SEEN),
          etag: answer.headers.get('etag'),
          modified: answer.headers.get('last-modified'),
        },
      })
      restUntil = startedAt + Math.min(read.feed.restMs ?? 0, LONGEST_REST_MS)
      return { until: startedAt, again: false }
    },
  }
}

/** Without the query, which may hold a secret: names stand in reasons and logs. */
const nameOf = (url: string): string => {
  const { host, pathname, search } = new URL(url)
  const name = `${host}${pathname}`.slice(0, 80)
  return search === '' && name.length < 80 ? name : `${name} (${contentRevision(url).slice(0, ID_CHARS)})`
}

const ID_CHARS = 8
/** A hash of the id, then one of the revision. */
const keyOf = ({ mention: { id, rev } }: Sighting): string =>
  [id, rev].map((part) => contentRevision(part).slice(0, ID_CHARS)).join('')
const idOfKey = (key: string): string => key.slice(0, ID_CHARS)
