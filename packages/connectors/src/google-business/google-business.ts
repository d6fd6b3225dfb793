import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, ParseContext, ParseResult, Source, SourceContext } from '../connector.ts'
import { fieldsOf, isoTimeOf } from '../fields.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { newestFirst } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { createGoogleBusinessClient } from './google-business-client.ts'
import { GoogleBusinessConfig } from './google-business-config.ts'
import { replyMentionId, reviewMentionId, reviewsOf, reviewToSightings } from './review-to-sighting.ts'

const MAX_PAGES = 60
/** A review waits for moderation with the date of its last change. */
const REWIND_MS = 2 * DAY_MS
const FIRST_LOOK_BACK_MS = 7 * DAY_MS
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
  const { clock, source, hashAuthor } = context
  const client = createGoogleBusinessClient(config, context)
  const parseContext = (): ParseContext => ({ source, hashAuthor, observedAt: clock.now() })

  const listingsOf = (location: string): Listing[] => {
    const askOne = async (id: string, signal: AbortSignal): Promise<ParseResult> => {
      const review = await client.review(location, id, signal)
      if (review !== null) return readItems([review], READER, parseContext())
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
      keyOf: (mentionId) => /^google-business:review:(.+)(?<!:reply)$/.exec(mentionId)?.[1],
      ask: async (ids, signal) => {
        if (ids.length === 0) await client.page(location, null, signal)
        return oneByOne(askOne)(ids, signal)
      },
    })

    const listing = newestFirst({
      name: location,
      clock,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      nextHoldsMs: HOUR_MS,
      page: async (next, signal) => {
        const found = await client.page(location, next, signal)
        const read = found.reviews.map((review) => ({
          ...readItems([review], READER, parseContext()),
          at: isoTimeOf(fieldsOf(review)?.['updateTime']),
        }))
        return {
          // What was answered stands where its review stands.
          items: read.flatMap(({ sightings, at }) =>
            sightings.map((sighting) => ({ sighting, at: at ?? sightings[0]!.mention.eventTime })),
          ),
          rejects: read.flatMap(({ rejects }) => rejects),
          next: found.next,
        }
      },
    })
    return [recheck.following(listing), { ...recheck.listing, name: `edits of ${location}` }]
  }

  return createListingSource(context, {
    listings: [...new Set(config.locations)].flatMap(listingsOf),
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? googleBusiness.defaults.blindAfterMs,
  })
}
