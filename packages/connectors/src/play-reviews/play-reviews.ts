import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, ParseContext, ParseResult, Source, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { newestFirst } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { oneWeekShown } from './one-week-shown.ts'
import { createPlayClient } from './play-client.ts'
import { PlayReviewsConfig } from './play-reviews-config.ts'
import { createReviewReader, replyMentionId, reviewMentionId, reviewsOf } from './review-to-sighting.ts'

const WHAT = 'review of Google Play'
/** 6,000 reviews of a week. */
const MAX_PAGES = 60
/** A review waits for moderation with the date of its last change. */
const REWIND_MS = 12 * HOUR_MS
const FIRST_LOOK_BACK_MS = 7 * DAY_MS
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
  const { clock, source, hashAuthor } = context
  const client = createPlayClient(config, context)
  const parseContext = (): ParseContext => ({ source, hashAuthor, observedAt: clock.now() })

  const listingsOf = (packageName: string): Listing[] => {
    const reader = { read: createReviewReader(packageName), what: WHAT }

    const askOne = async (id: string, signal: AbortSignal): Promise<ParseResult> => {
      const review = await client.review(packageName, id, signal)
      if (review !== null) return readItems([review], reader, parseContext())
      const gone = { text: '', isDeleted: true }
      const sightings = [
        makeSighting({ ...gone, id: reviewMentionId(id), kind: 'review' }, parseContext()),
        makeSighting({ ...gone, id: replyMentionId(id), kind: 'comment' }, parseContext()),
      ]
      return { sightings, rejects: [] }
    }
    const recheck = createRecheck({
      ...RECHECK,
      clock,
      keyOf: (mentionId) => /^play-reviews:review:(.+)(?<!:reply)$/.exec(mentionId)?.[1],
      ask: async (ids, signal) => {
        if (ids.length === 0) await client.page(packageName, null, signal)
        return oneByOne(askOne)(ids, signal)
      },
    })

    const listing = newestFirst({
      name: packageName,
      clock,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      nextHoldsMs: HOUR_MS,
      page: async (next, signal) => {
        const found = await client.page(packageName, next, signal)
        const read = found.reviews.map((review) => readItems([review], reader, parseContext()))
        return {
          // What was answered stands where its review stands.
          items: read.flatMap(({ sightings }) =>
            sightings.map((sighting) => ({ sighting, at: sightings[0]!.mention.eventTime })),
          ),
          rejects: read.flatMap(({ rejects }) => rejects),
          next: found.next,
        }
      },
    })
    const again = { ...recheck.listing, name: `edits of ${packageName}` }
    return [recheck.following(oneWeekShown(listing, clock)), again]
  }

  return createListingSource(context, {
    listings: [...new Set(config.packages)].flatMap(listingsOf),
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? playReviews.defaults.blindAfterMs,
  })
}
