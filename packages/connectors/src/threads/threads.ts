import { createGuard, DAY_MS, HOUR_MS, MINUTE_MS, OutcryError, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Connector, Source, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { type ListingPage, newestFirst } from '../listing/newest-first.ts'
import { createGraphClient } from '../meta/graph-client.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { FIELDS, threadsOf, threadToSightings } from './thread-to-sighting.ts'
import { ThreadsConfig } from './threads-config.ts'

const MOST_PER_PAGE = '100'
const MAX_PAGES = 50
/** The search knows some posts a while after they were written. */
const REWIND_MS = 10 * MINUTE_MS
const FIRST_LOOK_BACK_MS = HOUR_MS
/** What is left of the limit is for further pages and tries. */
const SHARE_FOR_LOOKS = 0.7
const READER = { read: threadToSightings, what: 'post of Threads' }
const isMark = createGuard(Type.Object({ newestAt: Type.Integer({ minimum: 0 }) }))

/** Posts of Threads by keyword search (developers.facebook.com/docs/threads/keyword-search). */
export const threads: Connector<typeof ThreadsConfig> = {
  name: 'threads',
  configSchema: ThreadsConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    // Deletions are told by nothing: what is deleted there must not stay for long.
    retentionDays: 30,
    terms: 'Meta Platform Terms: an approved app, and no copy is kept longer than it is needed.',
  },
  create: (config, context) => createThreadsSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: threadsOf }, context),
}

/** Time between looks at so many searches with which a limit lasts for its day. Milliseconds. */
export const spacedEveryMs = (everyMs: number, searches: number, queriesPerDay: number): number =>
  Math.max(everyMs, Math.ceil((searches * DAY_MS) / (queriesPerDay * SHARE_FOR_LOOKS)))

const createThreadsSource = (config: ThreadsConfig, context: SourceContext): Source => {
  const { clock, source, hashAuthor } = context
  const wanted = [
    ...distinct(config.keywords).map((q) => ({ q, search_mode: 'KEYWORD' })),
    ...distinct(config.topics).map((q) => ({ q, search_mode: 'TAG' })),
  ]
  if (wanted.length === 0)
    throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${source} names neither keywords nor topics.`, {
      fix: 'Give keywords, topics or both.',
    })
  const { accessToken, endpoint } = config
  const client = createGraphClient({ accessToken, appSecret: undefined, endpoint }, context)

  const listingOf = (search: { q: string; search_mode: string }): Listing => {
    let since: Readonly<Record<string, string>> = {}
    const page = async (next: string | null, signal: AbortSignal): Promise<ListingPage> => {
      const query = { ...search, search_type: 'RECENT', fields: FIELDS, limit: MOST_PER_PAGE, ...since }
      const found = await client.page('keyword_search', query, next, signal)
      const { sightings, rejects } = readItems(found.items, READER, { source, hashAuthor, observedAt: clock.now() })
      const items = sightings.map((sighting) => ({ sighting, at: sighting.mention.eventTime }))
      return { items, rejects, next: found.next }
    }
    const listing = newestFirst({
      name: `${search.search_mode.toLowerCase()} ${search.q}`.slice(0, 100),
      clock,
      page,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
    })
    return {
      ...listing,
      look: (look) => {
        // A search that finds nothing does not count against the limit.
        const from = isMark(look.position) ? look.position.newestAt - REWIND_MS : clock.now() - FIRST_LOOK_BACK_MS
        since = { since: String(Math.floor(from / SECOND_MS) - 1) }
        return listing.look(look)
      },
    }
  }

  const listings = wanted.map(listingOf)
  return createListingSource(context, {
    listings,
    everyMs: spacedEveryMs(config.everyMs, listings.length, config.queriesPerDay),
    blindAfterMs: config.blindAfterMs ?? threads.defaults.blindAfterMs,
  })
}

const distinct = (words: readonly string[]): string[] => [...new Set(words.map((each) => each.trim()))]
