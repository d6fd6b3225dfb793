import { DAY_MS, HOUR_MS, MINUTE_MS, OutcryError } from '@outcry/contracts'
import type { Connector, ParseResult, Source, SourceContext } from '../connector.ts'
import { fieldsOf, textOf } from '../fields.ts'
import { createListingSource } from '../listing/listing-source.ts'
import { newestFirst, type ListingPage } from '../listing/newest-first.ts'
import { createRecheck, oneByOne } from '../listing/recheck.ts'
import { makeSighting } from '../make-sighting.ts'
import { createGraphClient, type GraphClient, type GraphPage } from '../meta/graph-client.ts'
import { graphTimeOf } from '../meta/graph-value.ts'
import { changesOf, isChange } from '../meta/meta-webhook.ts'
import { recentThreads } from '../meta/recent-threads.ts'
import { threadsListing, type Thread } from '../meta/threads.ts'
import { parseItems, readItems, type ItemReader } from '../parse-items.ts'
import { waitForWebhooks } from '../webhook/wait-for-webhooks.ts'
import { FacebookConfig } from './facebook-config.ts'
import { changeToSightings, facebookWebhook } from './facebook-webhook.ts'
import { graphToSightings, nodeSightings, nodesOf, type Place } from './graph-to-sighting.ts'

const REWIND_MS = 12 * HOUR_MS
const FIRST_LOOK_BACK_MS = DAY_MS
const MAX_PAGES = 50
const OLDEST_MS = 90 * DAY_MS
const RECHECK = { askedAtOnce: 10, mostKept: 1_000, forMs: 7 * DAY_MS }
const WHAT = 'post, comment or recommendation of Facebook'
const POST_FIELDS =
  'id,message,created_time,updated_time,from,permalink_url,is_hidden,shares,reactions.limit(0).summary(true),comments.limit(0).summary(true)'
const COMMENT_FIELDS = 'id,message,created_time,from,permalink_url,parent{id},is_hidden,like_count,comment_count'
const RATING_FIELDS = 'created_time,reviewer,rating,recommendation_type,review_text,open_graph_story{id}'

/** A webhook's body, what it says of one change, or what the Graph API answers. */
const unwrap = (value: unknown): readonly unknown[] => {
  const fields = fieldsOf(value)
  if (textOf(fields?.['item']) !== undefined && textOf(fields?.['verb']) !== undefined)
    return [{ field: 'feed', value: fields }]
  return changesOf(value) ?? nodesOf(value)
}
const anyToSightings: ItemReader = (value, context) =>
  (isChange(value) ? changeToSightings : graphToSightings)(value, context)

/** Posts, comments and recommendations of a Page (developers.facebook.com, "Pages API"). */
export const facebook: Connector<typeof FacebookConfig> = {
  name: 'facebook',
  configSchema: FacebookConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  readsOwnPlaces: true,
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Meta Platform Terms: an app with the Page’s consent, and what is deleted or hidden there is deleted here.',
  },
  create: (config, context) => createFacebookSource(config, context),
  parse: (bytes, context) => parseItems(bytes, { read: anyToSightings, what: WHAT, unwrap }, context),
  webhook: facebookWebhook,
}

const createFacebookSource = (config: FacebookConfig, context: SourceContext): Source => {
  const { pageId, pageToken, appSecret } = config
  if (pageId !== undefined && pageToken !== undefined) {
    const client = createGraphClient({ accessToken: pageToken, appSecret, endpoint: config.endpoint }, context)
    return createPageSource(config, pageId, client, context)
  }
  if (pageToken === undefined && appSecret !== undefined) return { run: (signal) => waitForWebhooks(context, signal) }
  throw new OutcryError('SOURCE_CONFIG_INVALID', `Source ${context.source} has nothing to read a Facebook Page with.`, {
    fix: 'Give pageId and pageToken to poll, appSecret and verifyToken for webhooks, or all of them.',
  })
}

const createPageSource = (
  config: FacebookConfig,
  pageId: string,
  client: GraphClient,
  context: SourceContext,
): Source => {
  const { clock, source, hashAuthor } = context
  const read = (nodes: readonly unknown[], place: Place): ParseResult =>
    readItems(
      nodes,
      { read: (node, parseContext) => nodeSightings(node, parseContext, { pageId, ...place }), what: WHAT },
      { source, hashAuthor, observedAt: clock.now() },
    )
  const pageOf = ({ items, next }: GraphPage, place: Place = {}): ListingPage => {
    const found = read(items, place)
    const oldest = graphTimeOf(fieldsOf(items.at(-1))?.['created_time'])
    return {
      items: found.sightings.map((sighting) => ({ sighting, at: sighting.mention.eventTime })),
      rejects: found.rejects,
      // Where nobody writes words, no mention says how far back a page is.
      next: oldest !== undefined && oldest < clock.now() - OLDEST_MS ? null : next,
    }
  }

  const recheck = createRecheck({
    ...RECHECK,
    clock,
    keyOf: (mentionId) => /^facebook:((?:post|comment):.+)$/.exec(mentionId)?.[1],
    ask: async (keys, signal) => {
      const found = await askEach(keys, signal)
      // Also a Page that may no longer be read hides its posts and comments: then this is refused, and nothing is deleted.
      const isSeen = found.sightings.some(({ mention }) => mention.op !== 'delete')
      if (!isSeen) await client.page(`${pageId}/feed`, { fields: 'id,message,from', limit: '1' }, null, signal)
      return found
    },
  })
  const askEach = oneByOne(async (key, signal) => {
    const isComment = key.startsWith('comment:')
    const id = key.slice(key.indexOf(':') + 1)
    const node = await client.node(id, { fields: isComment ? COMMENT_FIELDS : POST_FIELDS }, signal)
    if (node !== null) return read([node], isComment ? { postId: '' } : {})
    const gone = { id: `facebook:${key}`, kind: isComment ? ('comment' as const) : ('post' as const) }
    const tombstone = makeSighting(
      { ...gone, text: '', isDeleted: true },
      { source, hashAuthor, observedAt: clock.now() },
    )
    return { sightings: [tombstone], rejects: [] }
  })

  const edge = (name: string, fields: string, where: string) =>
    newestFirst({
      name,
      clock,
      rewindMs: REWIND_MS,
      firstLookBackMs: FIRST_LOOK_BACK_MS,
      maxPages: MAX_PAGES,
      page: async (next, signal) =>
        pageOf(await client.page(`${pageId}/${where}`, { fields, limit: '100' }, next, signal)),
    })

  /** Posts whose comments are looked for; those of others that tag the Page are not shown with theirs. */
  const threads = (signal: AbortSignal): Promise<Thread[]> => {
    const sinceMs = clock.now() - config.postDays * DAY_MS
    const query = { fields: 'id,created_time,updated_time', limit: '100', since: String(Math.floor(sinceMs / 1_000)) }
    return recentThreads(
      {
        client,
        path: `${pageId}/feed`,
        query,
        writtenAt: 'created_time',
        sinceMs,
        stampOf: (post) => textOf(post['updated_time']) ?? '',
        maxPages: MAX_PAGES,
      },
      signal,
    )
  }
  const comments = threadsListing({
    name: 'comments',
    clock,
    threads,
    rewindMs: REWIND_MS,
    firstLookBackMs: FIRST_LOOK_BACK_MS,
    maxPages: MAX_PAGES,
    page: async (postId, next, signal) => {
      const query = { fields: COMMENT_FIELDS, filter: 'stream', order: 'reverse_chronological', limit: '100' }
      return pageOf(await client.page(`${postId}/comments`, query, next, signal), { postId })
    },
  })

  const listings = [
    recheck.following(edge('posts', POST_FIELDS, 'feed')),
    recheck.following(comments),
    ...(config.tagged ? [recheck.following(edge('tagged', POST_FIELDS, 'tagged'))] : []),
    ...(config.ratings ? [edge('ratings', RATING_FIELDS, 'ratings')] : []),
    recheck.listing,
  ]
  return createListingSource(context, {
    listings,
    everyMs: config.everyMs,
    blindAfterMs: config.blindAfterMs ?? facebook.defaults.blindAfterMs,
  })
}
