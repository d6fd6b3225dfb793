import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { answeredReviews } from '../google/answered-reviews.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { parseItems } from '../parse-items.ts'
import { oneWeekShown } from './one-week-shown.ts'
import { createPlayClient } from './play-client.ts'
import { PlayReviewsConfig } from './play-reviews-config.ts'
import { createReviewReader, replyMentionId, reviewMentionId, reviewsOf } from './review-to-sighting.ts'

const WHAT = 'review of Google Play'
/** 6,000 reviews of a week. A review waits for moderation with the date of its last change. */
const WALK = { maxPages: 60, rewindMs: 12 * HOUR_MS, firstLookBackMs: 7 * DAY_MS }
const RECHECK = { askedAtOnce: 5, mostKept: 1_000, forMs: 7 * DAY_MS }

/** Reviews of one's own apps by the Google Play Developer API. */
export const playReviews: Connector<typeof PlayReviewsConfig> = {
  name: 'play-reviews',
  configSchema: PlayReviewsConfig,
  publicationDelayMs: null,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Google Play Developer API terms: for answering reviews of your own apps.',
  },
  create: (config, context) => createPlayReviewsSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { read: createReviewReader(), what: WHAT, unwrap: reviewsOf }, context),
}

const createPlayReviewsSource = (config: PlayReviewsConfig, context: SourceContext): Source => {
  const client = createPlayClient(config, context)

  const listingsOf = (packageName: string): Listing[] => {
    const { listing, again, following } = answeredReviews(
      {
        name: packageName,
        client: {
          page: (next, signal) => client.page(packageName, next, signal),
          review: (id, signal) => client.review(packageName, id, signal),
        },
        reader: { read: createReviewReader(packageName), what: WHAT },
        mentionIds: {
          review: reviewMentionId,
          reply: replyMentionId,
          keyOf: (mentionId) => /^play-reviews:review:(.+)(?<!:reply)$/.exec(mentionId)?.[1],
        },
        walk: WALK,
        recheck: RECHECK,
      },
      context,
    )
    return [following(oneWeekShown(listing, context.clock)), again]
  }

  return createListingSource(context, {
    listings: [...new Set(config.packages)].flatMap(listingsOf),
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? playReviews.defaults.blindAfterMs,
  })
}
