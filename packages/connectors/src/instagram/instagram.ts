import { DAY_MS, HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, ParseResult, Source, SourceContext } from '../connector.ts'
import { countOf, fieldsOf } from '../fields.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { newestFirst, type ListingPage } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { createGraphClient, type GraphClient, type GraphPage } from '../meta/graph-client.ts'
import { graphTimeOf } from '../meta/graph-value.ts'
import { changesOf } from '../meta/meta-webhook.ts'
import { recentThreads } from '../meta/recent-threads.ts'
import { threadsListing, type Thread } from '../meta/threads.ts'
import { parseItems, readItems } from '../parse-items.ts'
import { waitForWebhooks } from '../webhook/wait-for-webhooks.ts'
import { commentId, instagramToSightings, nodeSightings, nodesOf, type Place } from './graph-to-sighting.ts'
import { InstagramConfig } from './instagram-config.ts'
import { instagramWebhook } from './instagram-webhook.ts'

const REWIND_MS = 12 * HOUR_MS
const FIRST_LOOK_BACK_MS = DAY_MS
const MAX_PAGES = 50
const OLDEST_MS = 90 * DAY_MS
const RECHECK = { askedAtOnce: 10, mostKept: 1_000, forMs: 7 * DAY_MS }
const WHAT = 'comment or medium of Instagram'
const MEDIA_FIELDS = 'id,caption,timestamp,username,permalink,like_count,comments_count'
const REPLY_FIELDS = 'id,text,timestamp,username,from,hidden,like_count,parent_id'
const COMMENT_FIELDS = `${REPLY_FIELDS},replies{${REPLY_FIELDS}}`

/** Comments on the media of a professional account, and media of others that tag it. */
export const instagram: Connector<typeof InstagramConfig> = {
  name: 'instagram',
  configSchema: InstagramConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms:
      'Meta Platform Terms: an app with the account’s consent, and what is deleted or hidden there is deleted here.',
  },
  create: (config, context) => createInstagramSource(config, context),
  parse: (bytes, context) =>
    parseItems(
      bytes,
      { read: instagramToSightings, what: WHAT, unwrap: (value) => changesOf(value) ?? nodesOf(value) },
      context,
    ),
  webhook: instagramWebhook,
}

const createInstagramSource = (config: InstagramConfig, context: SourceContext): Source => {
  const { accountId, accessToken, appSecret } = config
  if (accountId !== undefined && accessToken !== undefined) {
    const client = createGraphClient({ accessToken, appSecret, endpoint: config.endpoint }, context)
    return createAccountSource(config, accountId, client, context)
  }
  if (accessToken === undefined && appSecret !== undefined) return { run: (signal) => waitForWebhooks(context, signal) }
  throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${context.source} has nothing to read Instagram with.`, {
    fix: 'Give accountId and accessToken to poll, appSecret and verifyToken for webhooks, or all of them.',
  })
}

const createAccountSource = (
  config: InstagramConfig,
  accountId: string,
  client: GraphClient,
  context: SourceContext,
): Source => {
  const { clock, source, hashAuthor } = context
  const parseContext = () => ({ source, hashAuthor, observedAt: clock.now() })
  const read = (nodes: readonly unknown[], place: Place): ParseResult =>
    readItems(
      nodes,
      { read: (node, each) => nodeSightings(node, each, { accountId, ...place }), what: WHAT },
      parseContext(),
    )
  const pageOf = ({ items, next }: GraphPage, place: Place): ListingPage => {
    const found = read(items, place)
    const oldest = graphTimeOf(fieldsOf(items.at(-1))?.['timestamp'])
    return {
      items: found.sightings.map((sighting) => ({ sighting, at: sighting.mention.eventTime })),
      rejects: found.rejects,
      // Where nobody writes words, no mention says how far back a page is.
      next: oldest !== undefined && oldest < clock.now() - OLDEST_MS ? null : next,
    }
  }

  const askEach = oneByOne(async (id, signal) => {
    const node = await client.node(id, { fields: `${REPLY_FIELDS},media{id}` }, signal)
    if (node !== null) return read([node], {})
    const gone = { id: commentId(id), kind: 'comment' as const, text: '', isDeleted: true }
    return { sightings: [makeSighting(gone, parseContext())], rejects: [] }
  })
  const recheck = createRecheck({
    ...RECHECK,
    clock,
    keyOf: (mentionId) => /^instagram:comment:(.+)$/.exec(mentionId)?.[1],
    ask: async (keys, signal) => {
      const found = await askEach(keys, signal)
      // Also an account that may no longer be read hides its comments: then this is refused, and nothing is deleted.
      const isSeen = found.sightings.some(({ mention }) => mention.op !== 'delete')
      if (!isSeen) await client.page(`${accountId}/media`, { fields: 'id', limit: '1' }, null, signal)
      return found
    },
  })

  const edge = (name: string, where: string, place: Place) =>
    newestFirst({
      name,
      clock,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      page: async (next, signal) =>
        pageOf(await client.page(`${accountId}/${where}`, { fields: MEDIA_FIELDS, limit: '50' }, next, signal), place),
    })

  const threads = (signal: AbortSignal): Promise<Thread[]> =>
    recentThreads(
      {
        client,
        path: `${accountId}/media`,
        query: { fields: 'id,timestamp,comments_count', limit: '100' },
        writtenAt: 'timestamp',
        sinceMs: clock.now() - config.mediaDays * DAY_MS,
        stampOf: (medium) => String(countOf(medium['comments_count']) ?? ''),
        maxPages: MAX_PAGES,
      },
      signal,
    )
  const comments = threadsListing({
    name: 'comments',
    clock,
    threads,
    rewindMs: REWIND_MS,
    firstLookBackMs: FIRST_LOOK_BACK_MS,
    maxPages: MAX_PAGES,
    page: async (mediaId, next, signal) => {
      const query = { fields: COMMENT_FIELDS, limit: '50' }
      return pageOf(await client.page(`${mediaId}/comments`, query, next, signal), { mediaId })
    },
  })

  return createListingSource(context, {
    listings: [
      edge('media', 'media', { isOwnMedium: true }),
      recheck.following(comments),
      ...(config.tagged ? [edge('tagged', 'tags', {})] : []),
      recheck.listing,
    ],
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? instagram.defaults.blindAfterMs,
  })
}
