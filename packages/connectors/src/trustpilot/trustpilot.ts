import { DAY_MS, HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, ParseResult, Source, SourceContext } from '../connector.ts'
import { makeSighting } from '../make-sighting.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { newestFirst } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { waitForWebhooks } from '../webhook/wait-for-webhooks.ts'
import { reviewId, reviewsOf, reviewToSightings } from './review-to-sighting.ts'
import { createTrustpilotClient, type ReviewKind } from './trustpilot-client.ts'
import { TrustpilotConfig } from './trustpilot-config.ts'
import { trustpilotWebhook } from './trustpilot-webhook.ts'

/** A review that was held for a check shows among the older ones. */
const REWIND_MS = DAY_MS
const FIRST_LOOK_BACK_MS = DAY_MS + HOUR_MS
const MAX_PAGES = 100
const RECHECK = { askedAtOnce: 20, mostKept: 1_000, forMs: 7 * DAY_MS }
const READER = { read: reviewToSightings, what: 'review of Trustpilot' }

/** Reviews of businesses and their products (documentation-apidocumentation.trustpilot.com). */
export const trustpilot: Connector<typeof TrustpilotConfig> = {
  name: 'trustpilot',
  configSchema: TrustpilotConfig,
  publicationDelayMs: null,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms:
      'A review is shown whole, with its stars, its author and its address, and is deleted here when it is deleted there.',
  },
  create: (config, context) => createTrustpilotSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: reviewsOf }, context),
  webhook: trustpilotWebhook,
}

const createTrustpilotSource = (config: TrustpilotConfig, context: SourceContext): Source => {
  const { clock, source, hashAuthor } = context
  const { businessUnitIds, apiKey, webhookSecret, productReviews } = config
  const [firstUnit] = businessUnitIds
  if (firstUnit === undefined ? webhookSecret === undefined : apiKey === undefined)
    throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${source} has nothing to read Trustpilot with.`, {
      fix: 'Give businessUnitIds with apiKey, or webhookSecret, or both.',
    })
  if (firstUnit === undefined) return { run: (signal) => waitForWebhooks(context, signal) }
  const client = createTrustpilotClient(config, context)
  const parseContext = () => ({ source, hashAuthor, observedAt: clock.now() })

  const askOne = async (key: string, signal: AbortSignal): Promise<ParseResult> => {
    const { kind, id, ofProduct } = partsOf(key)
    const review = await client.review(kind, id, signal)
    if (review !== null) return readItems([review], READER, parseContext())
    const gone = { id: reviewId(id, ofProduct), kind: 'review' as const, text: '', isDeleted: true }
    return { sightings: [makeSighting(gone, parseContext())], rejects: [] }
  }
  const recheck = createRecheck({
    ...RECHECK,
    clock,
    keyOf: (mentionId) => /^trustpilot:((?:product-)?review:[^:]+)$/.exec(mentionId)?.[1],
    ask: oneByOne(askOne, (signal) => client.page('reviews', firstUnit, 1, signal, 1)),
  })

  const listingOf = (kind: ReviewKind, unit: string): Listing =>
    newestFirst({
      name: `${kind} of ${unit}`,
      clock,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      page: async (next, signal) => {
        const number = Number(next ?? 1)
        const { reviews, isLast } = await client.page(kind, unit, number, signal)
        const read = reviews.map((review) => readItems([review], READER, parseContext()))
        return {
          // What a company replied stands where its review stands.
          items: read.flatMap(({ sightings }) =>
            sightings.map((sighting) => ({ sighting, at: sightings[0]!.mention.eventTime })),
          ),
          rejects: read.flatMap(({ rejects }) => rejects),
          next: isLast ? null : String(number + 1),
        }
      },
    })

  const kinds: readonly ReviewKind[] = productReviews ? ['reviews', 'product-reviews'] : ['reviews']
  const listings = businessUnitIds.flatMap((unit) => kinds.map((kind) => recheck.following(listingOf(kind, unit))))
  return createListingSource(context, {
    listings: [...listings, recheck.listing],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? trustpilot.defaults.blindAfterMs,
  })
}

const partsOf = (key: string): { kind: ReviewKind; id: string; ofProduct: boolean } => {
  const ofProduct = key.startsWith('product-')
  return { kind: ofProduct ? 'product-reviews' : 'reviews', id: key.slice(key.indexOf(':') + 1), ofProduct }
}
