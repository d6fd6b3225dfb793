import { DAY_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { fieldsOf, isoTimeOf } from '../fields.ts'
import { answeredReviews } from '../google/answered-reviews.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { parseItems } from '../parse-items.ts'
import { createGoogleBusinessClient } from './google-business-client.ts'
import { GoogleBusinessConfig } from './google-business-config.ts'
import { replyMentionId, reviewMentionId, reviewsOf, reviewToSightings } from './review-to-sighting.ts'

/** A review waits for moderation with the date of its last change. */
const WALK = { maxPages: 60, rewindMs: 2 * DAY_MS, firstLookBackMs: 7 * DAY_MS }
const RECHECK = { askedAtOnce: 5, mostKept: 1_000, forMs: 30 * DAY_MS }
const READER = { read: reviewToSightings, what: 'review of Google Business Profile' }

/** Reviews of one's own places by the Google My Business API. */
export const googleBusiness: Connector<typeof GoogleBusinessConfig> = {
  name: 'google-business',
  configSchema: GoogleBusinessConfig,
  publicationDelayMs: null,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Google APIs Terms of Service: no permanent copies, and only of places that you manage.',
  },
  create: (config, context) => createGoogleBusinessSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: reviewsOf }, context),
}

const createGoogleBusinessSource = (config: GoogleBusinessConfig, context: SourceContext): Source => {
  const client = createGoogleBusinessClient(config, context)

  const listingsOf = (location: string): Listing[] => {
    const { listing, again, following } = answeredReviews(
      {
        name: location,
        client: {
          page: (next, signal) => client.page(location, next, signal),
          review: (id, signal) => client.review(location, id, signal),
        },
        reader: READER,
        mentionIds: {
          review: reviewMentionId,
          reply: replyMentionId,
          keyOf: (mentionId) => /^google-business:review:(.+)(?<!:reply)$/.exec(mentionId)?.[1],
        },
        orderedBy: (review) => isoTimeOf(fieldsOf(review)?.['updateTime']),
        walk: WALK,
        recheck: RECHECK,
      },
      context,
    )
    return [following(listing), again]
  }

  return createListingSource(context, {
    listings: [...new Set(config.locations)].flatMap(listingsOf),
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? googleBusiness.defaults.blindAfterMs,
  })
}
