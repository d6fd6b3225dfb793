import {
  BACKFILL_AFTER_MS,
  type Connector,
  type ParseResult,
  type Sighting,
  type Webhook,
  type WebhookRequest,
  type WebhookVerdict,
} from '@outcry/connectors'
import type { SourceConfig, SqlPool } from '@outcry/contracts'
import type { Clock, Logger } from '@outcry/runtime'
import { createDoorClock, type DoorClock } from './door-clock.ts'
import type { Intake } from './intake.ts'
import type { Keys } from './keys.ts'

/** `unreadable`: parts of the body that went to the dead letters. */
export type WebhookOutcome = { mentions: number; matched: number; unreadable: number }

/** What the REST routes of platforms' webhooks need. `take` resolves after bus and index have every mention. */
export type WebhookDoor = {
  /** `off`: the source has no secret. `unknown`: there is no such source, or its platform sends nothing. */
  door(source: string): 'open' | 'off' | 'unknown'
  challenge(source: string, query: WebhookRequest['query']): string | null
  verify(source: string, request: WebhookRequest): WebhookVerdict
  take(source: string, request: WebhookRequest): Promise<WebhookOutcome>
}

type Entry = { config: SourceConfig; connector: Connector; webhook: Webhook; clock: DoorClock }

const NOTHING_SENT: WebhookRequest = { headers: {}, query: {}, body: new Uint8Array() }

/**
 * What platforms send by themselves into the bus, in any process, whoever holds the source's lease. Nothing is
 * remembered: what comes again has the id, rev and op it had before, and counts once. What was written while this door
 * was closed, or could not hand on, comes late: it counts at its own time and opens nothing alone.
 */
export const createWebhookDoor = (options: {
  sources: readonly SourceConfig[]
  connectors: Readonly<Record<string, Connector>>
  allBrands: readonly string[]
  intake: Intake
  pool: SqlPool
  clock: Clock
  keys: Keys
  logger: Logger
}): WebhookDoor => {
  const { intake, pool, clock, keys, logger } = options
  const entries = new Map<string, Entry>()
  for (const config of options.sources) {
    const connector = options.connectors[config.connector]
    if (connector?.webhook === undefined) continue
    const ownClock = createDoorClock({ source: config.name, intake, pool, clock })
    entries.set(config.name, { config, connector, webhook: connector.webhook, clock: ownClock })
  }
  /** Since when everything that came was handed on. */
  let openSince = clock.now()

  const read = ({ config, connector, webhook }: Entry, request: WebhookRequest): ParseResult => {
    const hashAuthor = (id: string) => keys.authorId(connector.name, id)
    try {
      return webhook.read(config, request, { source: config.name, observedAt: clock.now(), hashAuthor })
    } catch (error) {
      logger.error({ error, source: config.name }, 'a webhook broke its reader')
      return { sightings: [], rejects: [{ reason: 'unknown_shape', detail: 'broke its reader', bytes: request.body }] }
    }
  }

  const deliver = async ({ config, connector, clock: ownClock }: Entry, sightings: readonly Sighting[]) => {
    const source = config.name
    const brands = new Set(config.brands ?? options.allBrands)
    const lateBefore = Math.min(openSince, clock.now() - BACKFILL_AFTER_MS)
    const isLate = ({ mention }: Sighting) => mention.op === 'create' && mention.eventTime < lateBefore
    let matched = 0
    for (const late of [true, false]) {
      const part = sightings.filter((sighting) => isLate(sighting) === late)
      if (part.length === 0) continue
      const from = { source, connector, brands, wasLive: !late, backfill: late, epoch: null }
      const delivered = await intake.deliver(part, from)
      await intake.settle(source, delivered.changed, null)
      ownClock.delivered(delivered)
      matched += delivered.matched
    }
    return matched
  }

  return {
    door: (source) => {
      const entry = entries.get(source)
      if (entry === undefined) return 'unknown'
      return entry.webhook.verify(entry.config, NOTHING_SENT, clock.now()) === 'off' ? 'off' : 'open'
    },
    challenge: (source, query) => {
      const entry = entries.get(source)
      return entry?.webhook.challenge?.(entry.config, query) ?? null
    },
    verify: (source, request) => {
      const entry = entries.get(source)
      return entry === undefined ? 'mismatch' : entry.webhook.verify(entry.config, request, clock.now())
    },
    take: async (source, request) => {
      const entry = entries.get(source)
      if (entry === undefined) throw new Error(`the source ${source} takes no webhooks`)
      const { sightings, rejects } = read(entry, request)
      try {
        const matched = await deliver(entry, sightings)
        await intake.reject(source, rejects)
        return { mentions: sightings.length, matched, unreadable: rejects.length }
      } catch (error) {
        openSince = clock.now()
        throw error
      }
    },
  }
}
