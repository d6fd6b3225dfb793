import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Connector, ParseResult, Source, SourceContext } from '../connector.ts'
import type { Listing } from '../listing/listing.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { newestFirst } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { createAppStoreConnectClient } from './app-store-connect-client.ts'
import { AppStoreConnectConfig } from './app-store-connect-config.ts'
import { resourcesOf, resourceToSightings, reviewMentionId } from './review-to-sighting.ts'

const MAX_PAGES = 50
/** A review waits for moderation with the date at which it was written. */
const REWIND_MS = 2 * DAY_MS
const FIRST_LOOK_BACK_MS = 7 * DAY_MS
const RECHECK = { askedAtOnce: 20, mostKept: 1_000, forMs: 7 * DAY_MS }
const READER = { read: resourceToSightings, what: 'review of App Store Connect' }

/** Reviews of one's own apps by the App Store Connect API. */
export const appStoreConnect: Connector<typeof AppStoreConnectConfig> = {
  name: 'app-store-connect',
  configSchema: AppStoreConnectConfig,
  publicationDelayMs: null,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Apple Developer Program License Agreement: for the work on the reviewed app, for nobody else.',
  },
  create: (config, context) => createAppStoreConnectSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: resourcesOf }, context),
}

const createAppStoreConnectSource = (config: AppStoreConnectConfig, context: SourceContext): Source => {
  const { clock, source, hashAuthor } = context
  const client = createAppStoreConnectClient(config, context)
  const [firstApp] = config.apps
  const read = (document: unknown) =>
    readItems(resourcesOf(document), READER, { source, hashAuthor, observedAt: clock.now() })

  const askOne = async (id: string, signal: AbortSignal): Promise<ParseResult> => {
    const document = await client.review(id, signal)
    if (document !== null) return read(document)
    const gone = { id: reviewMentionId(id), kind: 'review' as const, text: '', isDeleted: true }
    return { sightings: [makeSighting(gone, { source, hashAuthor, observedAt: clock.now() })], rejects: [] }
  }
  const recheck = createRecheck({
    ...RECHECK,
    clock,
    keyOf: (mentionId) => /^app-store-connect:review:(.+)$/.exec(mentionId)?.[1],
    ask: oneByOne(askOne, async (signal) => firstApp !== undefined && client.page(firstApp, null, signal)),
  })

  const listingOf = (app: string): Listing =>
    newestFirst({
      name: app,
      clock,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      nextHoldsMs: HOUR_MS,
      page: async (next, signal) => {
        const found = await client.page(app, next, signal)
        const { sightings, rejects } = read(found.document)
        const reviewedAt = new Map(sightings.map(({ mention }) => [mention.id, mention.eventTime]))
        // An answer stands where its review stands.
        const at = ({ mention }: (typeof sightings)[number]) =>
          reviewedAt.get(mention.parentId ?? mention.id) ?? mention.eventTime
        return { items: sightings.map((sighting) => ({ sighting, at: at(sighting) })), rejects, next: found.next }
      },
    })

  return createListingSource(context, {
    listings: [...[...new Set(config.apps)].map((app) => recheck.following(listingOf(app))), recheck.listing],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? appStoreConnect.defaults.blindAfterMs,
  })
}
