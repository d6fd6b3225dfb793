import { createGuard, MINUTE_MS, SECOND_MS, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'
import type { Connector, ParseContext, ParseResult, Source, SourceContext } from '../connector.ts'
import { jsonPayload } from '../json-payload.ts'
import { BACKFILL_AFTER_MS } from '../part-by-age.ts'
import { openWebSocket } from '../stream/open-websocket.ts'
import { runStream } from '../stream/run-stream.ts'
import { eventToSighting, isJetstreamEvent, POSTS } from './event-to-sighting.ts'
import { eventsOf } from './view-to-event.ts'

const IDLE_MS = 30 * SECOND_MS
/** `time_us` is not in order: a client that goes on at the largest it saw loses posts. */
const REWIND_US = 5_000_000
/** Each server stamps by a clock of its own. */
const REWIND_ELSEWHERE_US = 60_000_000
const LAGGING_AFTER_MS = MINUTE_MS
/** Posts come many times a second: a later first one means that the server no longer had the cursor's. */
const GAP_AFTER_MS = MINUTE_MS
const MAX_BATCH = 1_000
const MAX_WAITING = 5_000

const BlueskyJetstreamConfig = Type.Object(
  {
    connector: Type.Literal('bluesky-jetstream'),
    ...sourceFields,
    endpoints: Type.Array(Type.String({ pattern: '^wss?://' }), {
      minItems: 1,
      maxItems: 20,
      default: ['us-east', 'us-west'].flatMap((region) =>
        [1, 2].map((number) => `wss://jetstream${number}.${region}.bsky.network/subscribe`),
      ),
      description: 'Jetstream servers, tried in turn.',
    }),
  },
  { additionalProperties: false, description: 'Every public post of Bluesky, filtered to the brands. No credentials.' },
)
type BlueskyJetstreamConfig = Static<typeof BlueskyJetstreamConfig>

/** `timeUs`: the stamp of the newest event delivered. `endpoint`: the server that stamped it. */
const isCursor = createGuard(
  Type.Object({ timeUs: Type.Integer({ minimum: 1 }), endpoint: Type.Optional(Type.String()) }),
)

/** Public posts of Bluesky over Jetstream v1 (github.com/bluesky-social/jetstream). */
export const blueskyJetstream: Connector<typeof BlueskyJetstreamConfig> = {
  name: 'bluesky-jetstream',
  configSchema: BlueskyJetstreamConfig,
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: {
    blindAfterMs: MINUTE_MS,
    retentionDays: null,
    terms: 'Public posts; delete what their authors delete, which the stream tells.',
  },
  create: (config, context) => createJetstreamSource(config, context),
  parse: (bytes, context) => parseEvents(bytes, context),
}

const createJetstreamSource = (config: BlueskyJetstreamConfig, context: SourceContext): Source => {
  let timeUs = isCursor(context.cursor) ? context.cursor.timeUs : null
  let stampedBy = isCursor(context.cursor) ? context.cursor.endpoint : undefined
  let connectedTo = ''
  let resumedAtUs: number | null = null
  let refusals = 0

  const urlOf = (endpoint: string): string => {
    const url = new URL(endpoint)
    url.searchParams.set('wantedCollections', POSTS)
    const rewindUs = endpoint === stampedBy ? REWIND_US : REWIND_ELSEWHERE_US
    if (timeUs !== null) url.searchParams.set('cursor', String(Math.max(1, timeUs - rewindUs)))
    return url.href
  }

  const noteGap = (newestUs: number) => {
    if (resumedAtUs !== null && (newestUs - resumedAtUs) / 1_000 > GAP_AFTER_MS)
      context.gap('the server no longer had the cursor')
    resumedAtUs = null
  }

  const deliver = async (messages: Buffer[]): Promise<void> => {
    const observedAt = context.clock.now()
    const read = { source: context.source, observedAt, hashAuthor: context.hashAuthor }
    const results = messages.map((bytes) => parseEvents(bytes, read))
    const stamps = results.flatMap((result) => result.stamps)
    if (stamps.length > 0) noteGap(stamps[0]!)
    // A stamp ahead of our clock would make a cursor that no server has reached, and skip what comes before it.
    const nowUs = observedAt * 1_000
    const newestUs = stamps.reduce((newest, stamp) => Math.max(newest, Math.min(Math.floor(stamp), nowUs)), timeUs ?? 0)
    const lagMs = observedAt - newestUs / 1_000
    await context.emit({
      sightings: results.flatMap((result) => result.sightings),
      rejects: results.flatMap((result) => result.rejects),
      cursor: newestUs > 0 ? { timeUs: newestUs, endpoint: connectedTo } : null,
      backfill: lagMs > BACKFILL_AFTER_MS,
    })
    timeUs = newestUs > 0 ? newestUs : null
    if (stamps.length > 0) stampedBy = connectedTo
    refusals = 0
    context.report({
      state: lagMs > LAGGING_AFTER_MS ? 'lagging' : 'live',
      reason: lagMs > LAGGING_AFTER_MS ? `catching up, ${Math.round(lagMs / SECOND_MS)} s behind` : 'connected',
      sourceTime: sourceTime(),
    })
  }

  const sourceTime = (): number => Math.min(Math.floor((timeUs ?? 0) / 1_000), context.clock.now())

  return {
    run: (signal) =>
      runStream(
        {
          context,
          connect: (attempt) => {
            resumedAtUs = timeUs
            connectedTo = config.endpoints[attempt % config.endpoints.length]!
            return openWebSocket(urlOf(connectedTo), { maxItems: MAX_WAITING, now: () => context.clock.now() })
          },
          deliver,
          sourceTime,
          onRefusedRequest: () => {
            // Another server may still have it.
            refusals += 1
            if (timeUs === null || refusals < config.endpoints.length) return
            context.gap('every server refused the cursor')
            timeUs = null
          },
          idleMs: IDLE_MS,
          blindAfterMs: config.blindAfterMs ?? blueskyJetstream.defaults.blindAfterMs,
          maxBatch: MAX_BATCH,
          maxWaiting: MAX_WAITING,
        },
        signal,
      ),
  }
}

const parseEvents = (bytes: Uint8Array, context: ParseContext): ParseResult & { stamps: number[] } => {
  const { values, rejects } = jsonPayload(bytes)
  const result: ParseResult & { stamps: number[] } = { sightings: [], rejects, stamps: [] }
  const told = values.flatMap(({ value, bytes: own }) => eventsOf(value).map((event) => ({ value: event, own })))
  for (const { value, own } of told) {
    const sighting = isJetstreamEvent(value) ? eventToSighting(value, context) : undefined
    if (isJetstreamEvent(value)) result.stamps.push(value.time_us)
    if (sighting === undefined)
      result.rejects.push({ reason: 'unknown_shape', detail: 'is no Jetstream event of a post', bytes: own })
    else if (sighting !== null) result.sightings.push(sighting)
  }
  return result
}
