import { createGuard, MINUTE_MS, SECOND_MS, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { fieldsOf, itemsOf } from '../fields.ts'
import { createHttpClient } from '../http/http-client.ts'
import { readJson } from '../http/read-json.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { itemToSightings } from './item-to-sighting.ts'

/** The search shows no more hits of one query. */
const MAX_HITS = 1_000
/** Items reach the search's index late by up to this: every window begins so much before the last one's end. */
const REWIND_S = 120
const FIRST_LOOK_BACK_S = 900
const WINDOW_S = 3_600
const READER = { read: itemToSightings, what: 'item of Hacker News' }
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 60 }

const HackerNewsConfig = Type.Object(
  {
    connector: Type.Literal('hackernews'),
    ...sourceFields,
    everyMs: Type.Integer({ minimum: 10_000, default: 30_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://hn.algolia.com/api/v1/search_by_date',
      description: 'The search to ask.',
    }),
  },
  { additionalProperties: false, description: 'Stories and comments of Hacker News. No credentials.' },
)
type HackerNewsConfig = Static<typeof HackerNewsConfig>

/** `untilS`: everything written before this epoch second was delivered, but for what the index held back. */
const isPosition = createGuard(Type.Object({ untilS: Type.Integer({ minimum: 1 }) }))
const isPage = createGuard(Type.Object({ hits: Type.Array(Type.Unknown()), nbHits: Type.Integer({ minimum: 0 }) }))

/** Stories and comments of Hacker News by the Algolia search (hn.algolia.com/api). */
export const hackerNews: Connector<typeof HackerNewsConfig> = {
  name: 'hackernews',
  configSchema: HackerNewsConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: MINUTE_MS, retentionDays: null, terms: 'Public items; 10,000 requests an hour.' },
  create: (config, context) => createHackerNewsSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: hitsOf }, context),
}

const createHackerNewsSource = (config: HackerNewsConfig, context: SourceContext): Source => {
  const { clock } = context
  const http = createHttpClient({ clock, random: context.random, limits: LIMITS })
  const nowS = () => Math.floor(clock.now() / SECOND_MS)
  // A cursor of before there were listings is where this one goes on.
  const firstLookToS = isPosition(context.cursor) ? context.cursor.untilS : nowS() - FIRST_LOOK_BACK_S
  let windowS = WINDOW_S

  const items: Listing = {
    name: 'stories and comments',
    look: async ({ position, deliver, gap, signal }) => {
      const untilS = isPosition(position) ? position.untilS : firstLookToS
      const fromS = untilS - REWIND_S
      const toS = Math.max(untilS, Math.min(nowS(), untilS + windowS))
      const url = new URL(config.endpoint)
      url.searchParams.set('tags', '(story,comment,poll)')
      url.searchParams.set('numericFilters', `created_at_i>=${fromS},created_at_i<${toS}`)
      url.searchParams.set('hitsPerPage', String(MAX_HITS))
      const { body } = await http.get(url.href, signal)
      const { hits, nbHits } = readJson(body, isPage, 'a page of hits')
      if (nbHits > hits.length && toS - fromS > 1) {
        // More than one query shows: a smaller window, down to a rewind and a second.
        if (windowS === 1) gap('more items in two minutes than the search shows')
        else {
          windowS = Math.max(1, Math.floor(windowS / 2))
          return { until: untilS * SECOND_MS, again: true }
        }
      }
      const read = { source: context.source, observedAt: clock.now(), hashAuthor: context.hashAuthor }
      const { sightings, rejects } = readItems(hits, READER, read)
      const oldestFirst = sightings.toSorted((a, b) => a.mention.eventTime - b.mention.eventTime)
      await deliver({ sightings: oldestFirst, rejects, position: { untilS: toS } })
      windowS = Math.min(WINDOW_S, windowS * 2)
      return { until: toS * SECOND_MS, again: toS < nowS() - 1 }
    },
  }

  return createListingSource(context, {
    listings: [items],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? hackerNews.defaults.blindAfterMs,
  })
}

/** Hits of a page of the search, or the item itself with the comments below it. */
const hitsOf = (value: unknown): readonly unknown[] =>
  isPage(value) ? value.hits : [value, ...itemsOf(fieldsOf(value)?.['children']).flatMap(hitsOf)]
