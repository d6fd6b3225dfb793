import { DAY_MS, HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, Source, SourceContext } from '../connector.ts'
import { fieldsOf, idOf } from '../fields.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { createRecheck } from '../listing/recheck.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { commentIdOf, deletionToSighting, itemsOfList, itemToSightings } from './comment-to-sighting.ts'
import { commentListing } from './comment-listing.ts'
import { createYoutubeClient, NotShown } from './youtube-client.ts'
import { YoutubeConfig } from './youtube-config.ts'

const ASKED_AT_ONCE = 50
const MOST_KEPT = 1_000
const RECHECKED_FOR_MS = 48 * HOUR_MS
/** What is left of the quota is for further pages and replies. */
const SHARE_FOR_LOOKS = 0.6
const READER = { read: itemToSightings, what: 'comment of YouTube' }

/** Comments on YouTube by its Data API v3 (developers.google.com/youtube/v3). */
export const youtube: Connector<typeof YoutubeConfig> = {
  name: 'youtube',
  configSchema: YoutubeConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: 30,
    terms:
      'Developer Policies: what is stored is refreshed or deleted within 30 days, and deleted where it is deleted.',
  },
  create: (config, context) => createYoutubeSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { ...READER, unwrap: itemsOfList }, context),
}

/** Time between looks at so many listings with which a quota lasts for its day. Milliseconds. */
export const spacedEveryMs = (everyMs: number, listings: number, unitsPerDay: number): number =>
  Math.max(everyMs, Math.ceil((listings * DAY_MS) / (unitsPerDay * SHARE_FOR_LOOKS)))

const createYoutubeSource = (config: YoutubeConfig, context: SourceContext): Source => {
  const { clock, source, hashAuthor } = context
  const channels = [...new Set(config.channels)]
  const videos = [...new Set(config.videos)]
  if (channels.length + videos.length === 0)
    throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${source} names neither channels nor videos.`, {
      fix: 'Give channels, videos or both.',
    })
  const client = createYoutubeClient(config, context)
  /** Comments that are still there. YouTube may refuse all for one that is gone; then halves are asked for. */
  const shownOf = async (ids: readonly string[], signal: AbortSignal): Promise<readonly unknown[]> => {
    try {
      return (await client.comments(ids, signal)).items
    } catch (error) {
      if (!(error instanceof NotShown)) throw error
      if (ids.length === 1) return []
      const middle = Math.ceil(ids.length / 2)
      return [...(await shownOf(ids.slice(0, middle), signal)), ...(await shownOf(ids.slice(middle), signal))]
    }
  }
  const recheck = createRecheck({
    clock,
    keyOf: commentIdOf,
    ask: async (ids, signal) => {
      const items = ids.length === 0 ? await client.ping(signal).then(() => []) : await shownOf(ids, signal)
      const read = { source, hashAuthor, observedAt: clock.now() }
      const found = readItems(items, READER, read)
      const there = new Set(items.map((item) => idOf(fieldsOf(item)?.['id'])))
      const gone = ids.filter((id) => !there.has(id)).map((id) => deletionToSighting(id, read))
      return { sightings: [...found.sightings, ...gone], rejects: found.rejects }
    },
    askedAtOnce: ASKED_AT_ONCE,
    mostKept: MOST_KEPT,
    forMs: RECHECKED_FOR_MS,
  })
  const listingOf = (name: string, of: Readonly<Record<string, string>>) =>
    recheck.following(commentListing({ name, of, client, context }))
  const listings = [
    ...channels.map((id) => listingOf(`channel ${id}`, { allThreadsRelatedToChannelId: id })),
    ...videos.map((id) => listingOf(`video ${id}`, { videoId: id })),
    recheck.listing,
  ]
  return createListingSource(context, {
    listings,
    everyMs: spacedEveryMs(config.everyMs, listings.length, config.unitsPerDay),
    blindAfterMs: config.blindAfterMs ?? youtube.defaults.blindAfterMs,
  })
}
