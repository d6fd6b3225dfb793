import { HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { type ListingPage, newestFirst } from '../listing/newest-first.ts'
import { createRecheck } from '../listing/recheck.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { createRedditClient } from './reddit-client.ts'
import { RedditConfig } from './reddit-config.ts'
import { thingsOf, thingToSightings } from './thing-to-sighting.ts'

const MOST_PER_PAGE = 100
/** Reddit shows about 1,000 things of a listing. */
const MAX_PAGES = 15
/** Moderation holds some things back, and caches show a page of before. */
const REWIND_MS = 2 * MINUTE_MS
const FIRST_LOOK_BACK_MS = HOUR_MS
/** Of edits and deletions Reddit tells in no other way, and its terms ask to delete what is deleted there. */
const RECHECK = { askedAtOnce: 100, mostKept: 1_000, forMs: 48 * HOUR_MS }
const READER = { read: thingToSightings, what: 'post or comment of Reddit' }

/** Posts and comments of Reddit by its API (reddit.com/dev/api). */
export const reddit: Connector<typeof RedditConfig> = {
  name: 'reddit',
  configSchema: RedditConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Data API terms: an approved application, and what is deleted there is deleted here.',
  },
  create: (config, context) => createRedditSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: thingsOf }, context),
}

const createRedditSource = (config: RedditConfig, context: SourceContext): Source => {
  const { subreddits, searches } = config
  if (subreddits.length + searches.length === 0)
    throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${context.source} names neither subreddits nor searches.`, {
      fix: 'Give subreddits, searches or both.',
    })
  const client = createRedditClient(config, context)
  const { clock, source, hashAuthor } = context
  const read = (things: readonly unknown[]) =>
    readItems(things, READER, { source, hashAuthor, observedAt: clock.now() })
  const recheck = createRecheck({
    ...RECHECK,
    clock,
    keyOf: (mentionId) => mentionId.replace(/^reddit:(t[13]):/, '$1_'),
    ask: async (names, signal) => read((await client.listing('/api/info', { id: names.join(',') }, signal)).things),
  })

  const listingOf = (name: string, path: string, query: Readonly<Record<string, string>>): Listing => {
    let looks = 0
    const page = async (after: string | null, signal: AbortSignal): Promise<ListingPage> => {
      if (after === null) looks += 1
      // Another limit misses the cached page of the look before.
      const limit = String(MOST_PER_PAGE - (looks % 30))
      const { things, after: next } = await client.listing(
        path,
        { ...query, limit, ...(after === null ? {} : { after }) },
        signal,
      )
      const found = read(things)
      const items = found.sightings.map((sighting) => ({ sighting, at: sighting.mention.eventTime }))
      return { items, rejects: found.rejects, next }
    }
    const listing = newestFirst({
      name,
      clock,
      page,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
    })
    return recheck.following(listing)
  }

  const listings = [
    ...subreddits.flatMap((name) => [
      listingOf(`r/${name} posts`, `/r/${name}/new`, {}),
      listingOf(`r/${name} comments`, `/r/${name}/comments`, {}),
    ]),
    ...searches.map((search) =>
      listingOf(`search ${search.slice(0, 90)}`, '/search', { q: search, sort: 'new', type: 'link' }),
    ),
  ]
  return createListingSource(context, {
    listings: [...listings, recheck.listing],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? reddit.defaults.blindAfterMs,
  })
}
