import { MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector } from '../connector.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { feedListing } from './feed-listing.ts'
import { feedToSightings } from './feed-to-sightings.ts'
import { FeedsConfig } from './feeds-config.ts'
import { readFeed } from './read-feed.ts'

/** Entries of RSS, Atom and JSON feeds. */
export const feeds: Connector<typeof FeedsConfig> = {
  name: 'feeds',
  configSchema: FeedsConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: MINUTE_MS, retentionDays: null, terms: 'Those of whoever publishes the feed.' },
  create: (config, context) => {
    const unreadable = config.feeds.findIndex((url) => !URL.canParse(url))
    if (unreadable >= 0)
      throw new OutcryError(
        'SOURCE_CONFIG_INVALID',
        `Source ${context.source} has no address in feeds[${unreadable}].`,
        {
          fix: 'Give the whole address of the feed, with https:// before it.',
        },
      )
    return createListingSource(context, {
      listings: config.feeds.map((url) => feedListing(url, context)),
      everyMs: config.everyMs,
      blindAfterMs: config.blindAfterMs ?? feeds.defaults.blindAfterMs,
    })
  },
  parse: (bytes, context) => {
    const read = readFeed(bytes)
    if (read.ok) return feedToSightings(read.feed, undefined, context)
    return { sightings: [], rejects: [{ reason: 'unknown_shape', detail: read.reason, bytes }] }
  },
}
