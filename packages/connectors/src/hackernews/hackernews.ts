import { createGuard, MINUTE_MS, SECOND_MS, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { Batch, Connector, ParseContext, ParseResult, Source, SourceContext } from '../connector.ts'
import { DeliveryFailed } from '../delivery-failed.ts'
import { createHttpClient } from '../http/http-client.ts'
import { runPoller } from '../http/run-poller.ts'
import { jsonPayload } from '../json-payload.ts'
import { partByAge } from '../part-by-age.ts'
import { itemToSighting } from './item-to-sighting.ts'

/** The search shows no more hits of one query. */
const MAX_HITS = 1_000
/** Items reach the search's index late by up to this: every window begins so much before the last one's end. */
const REWIND_S = 120
const FIRST_LOOK_BACK_S = 900
const WINDOW_S = 3_600
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 60 }

const HackerNewsConfig = Type.Object(
  {
    connector: Type.Literal('hackernews'),
    ...sourceFields,
    everyMs: Type.Integer({ minimum: 10_000, default: 30_000, description: 'Time between two looks. Milliseconds.' }),
    endpoint: Type.String({
      pattern: '^https?://',
      default: 'https://hn.algolia.com/api/v1/search_by_date',
      description: 'The search to ask.',
    }),
  },
  { additionalProperties: false, description: 'Stories and comments of Hacker News. No credentials.' },
)
type HackerNewsConfig = Static<typeof HackerNewsConfig>

/** `untilS`: everything written before this epoch second was delivered, but for what the index held back. */
const isCursor = createGuard(Type.Object({ untilS: Type.Integer({ minimum: 1 }) }))
const isPage = createGuard(Type.Object({ hits: Type.Array(Type.Unknown()), nbHits: Type.Integer({ minimum: 0 }) }))

/** Stories and comments of Hacker News by the Algolia search (hn.algolia.com/api). */
export const hackerNews: Connector<typeof HackerNewsConfig> = {
  name: 'hackernews',
  configSchema: HackerNewsConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: MINUTE_MS, retentionDays: null, terms: 'Public items; 10,000 requests an hour.' },
  create: (config, context) => createHackerNewsSource(config, context),
  parse: (bytes, context) => parseItems(bytes, context),
}

const createHackerNewsSource = (config: HackerNewsConfig, context: SourceContext): Source => {
  const { clock } = context
  const http = createHttpClient({ clock, random: context.random, limits: LIMITS })
  const nowS = () => Math.floor(clock.now() / SECOND_MS)
  let untilS = isCursor(context.cursor) ? context.cursor.untilS : nowS() - FIRST_LOOK_BACK_S
  let windowS = WINDOW_S

  const poll = async (signal: AbortSignal) => {
    const fromS = untilS - REWIND_S
    const toS = Math.max(untilS, Math.min(nowS(), untilS + windowS))
    const url = new URL(config.endpoint)
    url.searchParams.set('tags', '(story,comment,poll)')
    url.searchParams.set('numericFilters', `created_at_i>=${fromS},created_at_i<${toS}`)
    url.searchParams.set('hitsPerPage', String(MAX_HITS))
    const { body } = await http.get(url.href, signal)
    const page = pageOf(body)
    if (page.nbHits > page.hits.length && toS - fromS > 1) {
      // More than one query shows: a smaller window, down to a rewind and a second.
      if (windowS === 1) context.gap('more items in two minutes than the search shows')
      else {
        windowS = Math.max(1, Math.floor(windowS / 2))
        return { report: report(), again: true }
      }
    }
    const read = { source: context.source, observedAt: clock.now(), hashAuthor: context.hashAuthor }
    const { sightings, rejects } = itemsOf(page.hits, read)
    sightings.sort((a, b) => a.mention.eventTime - b.mention.eventTime)
    const { old, fresh } = partByAge(sightings, { lookedAt: untilS * SECOND_MS, now: clock.now() })
    if (old.length > 0) await emit({ sightings: old, cursor: { untilS }, backfill: true })
    await emit({ sightings: fresh, rejects, cursor: { untilS: toS }, backfill: false })
    untilS = toS
    windowS = Math.min(WINDOW_S, windowS * 2)
    return { report: report(), again: untilS < nowS() - 1 }
  }

  const emit = (batch: Batch): Promise<void> =>
    context.emit(batch).catch((cause: unknown) => {
      throw new DeliveryFailed(cause)
    })

  const report = () => {
    const behindS = nowS() - untilS
    const lagging = behindS * SECOND_MS > 2 * config.everyMs + MINUTE_MS
    return {
      state: lagging ? ('lagging' as const) : ('live' as const),
      reason: lagging ? `catching up, ${behindS} s behind` : 'polling',
      sourceTime: untilS * SECOND_MS,
    }
  }

  return {
    run: (signal) =>
      runPoller(
        {
          context,
          poll,
          everyMs: config.everyMs,
          blindAfterMs: config.blindAfterMs ?? hackerNews.defaults.blindAfterMs,
          sourceTime: () => untilS * SECOND_MS,
        },
        signal,
      ),
  }
}

const pageOf = (body: Uint8Array): { hits: unknown[]; nbHits: number } => {
  const [first] = jsonPayload(body).values
  if (!isPage(first?.value)) throw new Error('the search answered with something else than a page of hits')
  return first.value
}

/** A page of the search, an item or a list of items of the Firebase API. */
const parseItems = (bytes: Uint8Array, context: ParseContext): ParseResult => {
  const { values, rejects } = jsonPayload(bytes)
  const items = values.flatMap(({ value }) => (isPage(value) ? value.hits : [value]))
  const read = itemsOf(items, context)
  return { sightings: read.sightings, rejects: [...rejects, ...read.rejects] }
}

const itemsOf = (items: readonly unknown[], context: ParseContext): ParseResult => {
  const result: ParseResult = { sightings: [], rejects: [] }
  for (const item of items) {
    // The API answers null for an item that is not there yet.
    if (item === null) continue
    const sighting = itemToSighting(item, context)
    if (sighting !== undefined) result.sightings.push(sighting)
    else {
      const bytes = Buffer.from(JSON.stringify(item))
      result.rejects.push({ reason: 'unknown_shape', detail: 'is no item of Hacker News', bytes })
    }
  }
  return result
}
