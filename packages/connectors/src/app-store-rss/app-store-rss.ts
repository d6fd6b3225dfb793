import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { type ListingPage, newestFirst } from '../listing/newest-first.ts'
import { AppStoreRssConfig } from './app-store-rss-config.ts'
import { createFeedClient } from './feed-client.ts'
import { readFeed } from './read-feed.ts'

/** Of 50 reviews each; the next one is refused. */
const MAX_PAGES = 10
/** A review shows up to about a day after the date that it has, below those that were shown before. */
const REWIND_MS = 2 * DAY_MS
const FIRST_LOOK_BACK_MS = 7 * DAY_MS
/** Pages are numbers: what comes meanwhile moves the rest on, so that nothing is passed over. */
const PAGES_HOLD_MS = HOUR_MS

/** Reviews of the App Store by the public feeds of customer reviews. */
export const appStoreRss: Connector<typeof AppStoreRssConfig> = {
  name: 'app-store-rss',
  configSchema: AppStoreRssConfig,
  publicationDelayMs: null,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Public feeds without a contract; at most 500 reviews a storefront.',
  },
  create: (config, context) => createAppStoreRssSource(config, context),
  parse: (bytes, context) => readFeed(bytes, context),
}

const createAppStoreRssSource = (config: AppStoreRssConfig, context: SourceContext): Source => {
  const { clock } = context
  const feedPage = createFeedClient(config, context)

  const listingOf = (app: string, country: string): Listing => {
    let hadReviews = false
    const page = async (next: string | null, signal: AbortSignal): Promise<ListingPage> => {
      const number = Number(next ?? 1)
      const { sightings, rejects } = await feedPage(app, country, number, signal)
      const isEmpty = sightings.length === 0
      if (number === 1 && isEmpty && hadReviews) throw new Error('the feed is empty, and was not before')
      hadReviews ||= !isEmpty
      const isLast = isEmpty || number === MAX_PAGES
      return {
        items: sightings.map((sighting) => ({ sighting, at: sighting.mention.eventTime })),
        rejects,
        next: isLast ? null : String(number + 1),
        cutOff: isLast && !isEmpty,
      }
    }
    return newestFirst({
      name: `${app} ${country}`,
      clock,
      page,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      nextHoldsMs: PAGES_HOLD_MS,
    })
  }

  return createListingSource(context, {
    listings: [...new Set(config.apps)].flatMap((app) =>
      [...new Set(config.countries)].map((country) => listingOf(app, country)),
    ),
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? appStoreRss.defaults.blindAfterMs,
  })
}
