import { MINUTE_MS } from '@outcry/contracts'
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
  create: (config, context) =>
    createListingSource(context, {
      listings: config.feeds.map((url) => feedListing(url, context)),
      everyMs: config.everyMs,
      blindAfterMs: config.blindAfterMs ?? feeds.defaults.blindAfterMs,
    }),
  parse: (bytes, context) => {
    const read = readFeed(bytes)
    if (read.ok) return feedToSightings(read.feed, undefined, context)
    return { sightings: [], rejects: [{ reason: 'unknown_shape', detail: read.reason, bytes }] }
  },
}
