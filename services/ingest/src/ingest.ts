import { MENTIONS_TOPIC, type Bus } from '@outcry/bus'
import { type Connector, connectors as allConnectors } from '@outcry/connectors'
import { HOUR_MS, type Config, type DetectionSettings, type SqlPool } from '@outcry/contracts'
import type { Clock, Component, Logger, Metrics } from '@outcry/runtime'
import { installationKey } from '@outcry/store'
import { createOwnAccounts } from '@outcry/text'
import { createBrandChoice } from './brand-choice.ts'
import { brandsOfSources } from './brands-of-sources.ts'
import { createErase } from './erase.ts'
import { createIntake, type Intake } from './intake.ts'
import { keepTerms } from './keep-terms.ts'
import { keepTidy } from './keep-tidy.ts'
import { createKeys, type Keys } from './keys.ts'
import { openPlacement } from './placement.ts'
import { publishSettings } from './publish-settings.ts'
import { createPushDoor, type PushDoor } from './push-door.ts'
import { runSourceSession } from './source-session.ts'
import { type HeldSource, shareSources } from './source-share.ts'
import { termDays } from './term-days.ts'
import { createWebhookDoor, type WebhookDoor } from './webhook-door.ts'

export type IngestOptions = {
  config: Pick<Config, 'brands' | 'sources' | 'privacy' | 'retention' | 'embedding'>
  detectionSettings: DetectionSettings
  /** Of the detection settings, as the config loader gives it. */
  digest: string
  bus: Bus
  pool: SqlPool
  clock: Clock
  logger: Logger
  metrics: Metrics
  random: () => number
  /**
   * Names this process in leases. The same name takes its own leases back at once: a process that alone has the data
   * directory may use a constant and need not wait for a killed predecessor's leases to run out.
   */
  owner: string
  /** By the name they have in `outcry.yaml`; all there are where absent. */
  connectors?: Readonly<Record<string, Connector>>
}

type Parts = { intake: Intake; keys: Keys }

const openIntake = async (options: IngestOptions): Promise<Parts> => {
  const { config, bus, pool, clock, logger, metrics } = options
  const brands = config.brands.map(({ id }) => id)
  const partitions = await bus.partitionCount(MENTIONS_TOPIC)
  const { mentions: indexDays, bus: busDays } = config.retention
  const placement = await openPlacement({ pool, clock, logger, brands, partitions, busDays })
  const keys = createKeys(await installationKey(pool, 'mention-keys'), config.privacy.authorIds)
  const connectors = [...new Set(['push', ...config.sources.map(({ connector }) => connector)])]
  const ownAccounts = createOwnAccounts(config.brands, (account) =>
    connectors.map((connector) => keys.authorId(connector, account)),
  )
  const choose = createBrandChoice(
    config.brands,
    ownAccounts,
    brandsOfSources(config, options.connectors ?? allConnectors),
  )
  const intake = createIntake({
    bus,
    pool,
    clock,
    metrics,
    keys,
    choose,
    placement,
    indexDays,
    forgetsMeanings: config.embedding.provider !== 'none',
  })
  return { intake, keys }
}

/** Where mentions come in by themselves, and go out for good. */
export type Door = PushDoor & { webhooks: WebhookDoor }

/** Signed push, platforms' webhooks and erasures without the sources: for a process that serves the API and nothing else. */
export const openDoor = async (options: IngestOptions): Promise<Door> => {
  const { config, bus, pool, clock, logger, connectors = allConnectors } = options
  const { intake, keys } = await openIntake(options)
  const allBrands = config.brands.map(({ id }) => id)
  const { sources, retention } = config
  const shared = { sources, allBrands, intake, bus, pool, clock, keys, logger }
  return {
    ...createPushDoor({ ...shared, retention }),
    webhooks: createWebhookDoor({ ...shared, connectors }),
  }
}

/** Reads every configured source that no other process has, and gives the partitions their settings first. */
export const createIngest = (options: IngestOptions): Component => {
  const { config, bus, pool, clock, logger, metrics, detectionSettings: settings, digest } = options
  const { connectors = allConnectors } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<unknown> = Promise.resolve()
  let fault: string | null = 'not reading'

  const publish = () => publishSettings({ bus, pool, settings, digest, busDays: config.retention.bus })

  const keepPublished = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(HOUR_MS, signal).catch(() => undefined)
      if (signal.aborted) return
      await publish().catch((error: unknown) => logger.warn({ error }, 'settings could not be published'))
    }
  }

  const start = async (): Promise<void> => {
    const { intake, keys } = await openIntake(options)
    const partitions = await publish()
    if (partitions > 0) logger.debug({ partitions, digest }, 'detection settings published')
    const allBrands = config.brands.map(({ id }) => id)
    const sources = new Map(config.sources.map((source) => [source.name, source]))
    const hold = (name: string, held: HeldSource) => {
      const source = sources.get(name)!
      const session = {
        config: source,
        connector: connectors[source.connector]!,
        brands: new Set(source.brands ?? allBrands),
        reorderMs: settings.reorderMs,
        intake,
        pool,
        clock,
        logger: logger.child({ source: name }),
        metrics,
        keys,
        random: options.random,
      }
      return runSourceSession(session, held)
    }
    const onRound = (found: string | null) => (fault = found)
    const { sources: all } = config
    const sharing = shareSources({ sources: all, owner: options.owner, pool, clock, logger, hold, onRound }, signal)
    const { retention } = config
    const { mentions: indexDays, erasureHours } = retention
    const erase = createErase({ sources: all, intake, bus, pool, clock, keys, logger, retention, atOnce: false })
    const terms = termDays(config.retention, connectors)
    const keeping = keepTerms({ terms, indexDays, erasureHours, pool, clock, logger, erase }, signal)
    const tidying = keepTidy({ bus, erasureHours, clock, logger }, signal)
    running = Promise.all([sharing, keepPublished(signal), keeping, tidying])
  }

  return {
    name: 'ingest',
    start: async () => {
      if (!stopping.signal.aborted) await start()
    },
    stop: async () => {
      stopping.abort(new Error('ingest is stopping'))
      fault = 'not reading'
      await running
    },
    ready: () => ({ ready: fault === null, reason: fault ?? 'reading its share of the sources' }),
  }
}
