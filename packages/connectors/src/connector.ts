import type { Mention, SourceState } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import type { Static, TSchema } from 'typebox'

/** A mention as a connector saw it, before ingest decides its event time and its brands. */
export type Sighting = {
  mention: Mention
  /** Brand the sender named; absent lets the matcher decide. */
  brand?: string
  /** When the platform itself showed it, epoch ms, where the platform stamps that apart from `createdAt`. */
  publishedAt?: number
}

/** Something the connector could not read: goes to the dead-letter topic. */
export type Reject = { reason: RejectReason; detail: string; bytes: Uint8Array }

/** Why input could not be read; a bounded set, used as a metric label. */
export type RejectReason = 'not_utf8' | 'not_json' | 'not_csv' | 'too_long' | 'invalid_field' | 'unknown_shape'

export type Batch = {
  sightings: readonly Sighting[]
  /** Plain JSON from which `create` can go on without loss once this batch is delivered. */
  cursor: unknown
  /** Read while catching up: counted at its own time, never opens an issue alone. */
  backfill: boolean
  rejects?: readonly Reject[]
}

/** How well the source sees its platform, and up to when it has delivered everything. */
export type SourceReport = {
  state: SourceState
  reason: string
  sourceTime: number
  /** What a person may do about it, where the source knows. */
  fix?: string | undefined
  /** What it cannot see while the rest is live: it shows as blind with this reason, and its clock goes on. */
  unseen?: string
}

/** What a source is given by ingest; its only way to the rest of the system. */
export type SourceContext = {
  source: string
  /** Cursor of the last delivered batch, or null at the first start. */
  cursor: unknown
  clock: Clock
  logger: Logger
  /** Uniform in [0, 1), for jitter. */
  random: () => number
  /** Detector's hold; a source that ends lets its clock go so far past its last mention. Milliseconds. */
  reorderMs: number
  hashAuthor: (id: string) => string
  /**
   * Delivers at least once and in order: resolves when bus, index and cursor have the batch. One call at a time; waiting
   * for it is the back-pressure. Rejects when this process lost the source: `run` must then end.
   */
  emit(batch: Batch): Promise<void>
  /** Notes the state; ingest sends it on in its own rhythm. */
  report(report: SourceReport): void
  /** Sends the state at once, after everything emitted before. For sources whose clock is not the wall's. */
  heartbeat(report: SourceReport): Promise<void>
  /** Fill of the bounded buffer between platform and delivery, for metrics. */
  buffered(items: number, limit: number): void
  /** Counts mentions that are lost or may be lost for good. */
  gap(reason: string): void
}

export type ParseContext = {
  source: string
  /** Epoch ms at which the bytes were read. */
  observedAt: number
  hashAuthor: (id: string) => string
}

export type ParseResult = { sightings: Sighting[]; rejects: Reject[] }

/** A running source. `run` ends quietly when `signal` aborts or there is nothing more to read, and throws otherwise. */
export type Source = { run(signal: AbortSignal): Promise<void> }

/** A request of a platform as it came: header names in lower case, of several values the first; the body raw. */
export type WebhookRequest = {
  headers: Readonly<Record<string, string | undefined>>
  query: Readonly<Record<string, string | undefined>>
  body: Uint8Array
}

/** `stale`: signed right, at a time too far away. `off`: the source has no secret, so nothing is taken. */
export type WebhookVerdict = 'valid' | 'stale' | 'mismatch' | 'off'

/**
 * How a platform itself sends what happens there, to `/api/v1/inbound/sources/<name of the source>`. None of it throws,
 * whatever the request holds. The same mention may come twice, and by polling too, with the same id, rev and op.
 */
export type Webhook<Config = unknown> = {
  /** The text that answers the platform's question (GET) whether this address is meant, or null to refuse it. */
  challenge?(config: Config, query: WebhookRequest['query']): string | null
  /** Over the raw body, in constant time: `hmacMatches`, `secretMatches`. */
  verify(config: Config, request: WebhookRequest, nowMs: number): WebhookVerdict
  /** Reads a verified request; one that holds no mention by nature (a ping) gives neither sightings nor rejects. */
  read(config: Config, request: WebhookRequest, context: ParseContext): ParseResult
}

/** What a platform's terms and nature imply where the configuration says nothing. */
export type PlatformDefaults = {
  /** Silence of the connection after which the source is blind. Milliseconds. */
  blindAfterMs: number
  /** Longest the platform's terms let a copy be kept, or null. Days. */
  retentionDays: number | null
  /** What its terms ask for, in one line. */
  terms: string
}

/**
 * One platform. `publicationDelayMs` is the longest time between writing and public sight that the platform
 * declares; null where it declares none (reviews that wait for moderation).
 */
export type Connector<S extends TSchema = TSchema> = {
  name: string
  configSchema: S
  publicationDelayMs: number | null
  /**
   * `wall`: heartbeats follow the wall clock. `events`: a replay, whose heartbeats follow its own mentions; ingest puts
   * them between the mentions, and the time of writing is taken as it is.
   */
  clock: 'wall' | 'events'
  /**
   * What it reads stands in places of the brand itself, where nobody needs to name it: reviews of its app, its help desk.
   * Where the source may speak of one brand only, all of it is about that one.
   */
  readsOwnPlaces?: true
  defaults: PlatformDefaults
  create(config: Static<S>, context: SourceContext): Source
  /** Reads one recorded payload; never throws for what the payload holds. */
  parse(bytes: Uint8Array, context: ParseContext): ParseResult
  /** Where the platform sends by itself. */
  webhook?: Webhook<Static<S>>
}
