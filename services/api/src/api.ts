import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type Config, type CountingView, type SqlPool, watchedBrand } from '@outcry/contracts'
import { loadConsole } from '@outcry/console'
import { FEED_LIMITS, createFeedHub, feedPlugin } from '@outcry/feed'
import {
  createIdentityProvider,
  createRestApp,
  createSessionBook,
  createTokenBook,
  type ErasurePort,
  type PushPort,
  type Rest,
  type WebhookPort,
} from '@outcry/rest'
import type { Clock, Component, Logger, Metrics, Readiness } from '@outcry/runtime'
import { ALERT_CHANNEL, explainedPool } from '@outcry/store'
import { createAudit } from './audit.ts'
import { createChartPort } from './charts.ts'
import { createCommandPort, type ApplyCommand } from './commands.ts'
import { createFeedAlerts } from './feed-alerts.ts'
import { createPagerdutyPort } from './inbound/pagerduty-port.ts'
import { createIdempotency } from './idempotency.ts'
import { createKnownEvents } from './known-events.ts'
import { checkExposure, listenError, publicAddress } from './listen-address.ts'
import { createClusterReader } from './reads/cluster-reader.ts'
import { createDeliveryPort } from './reads/delivery-port.ts'
import { createBrandReader } from './reads/brand-reader.ts'
import { createHistoryReader } from './reads/history-reader.ts'
import { createClockReader } from './reads/clock-reader.ts'
import { createIssueReader } from './reads/issue-reader.ts'
import { createSourceReader } from './reads/source-reader.ts'
import { createSuppressedReader } from './reads/suppressed-reader.ts'
import { createDrills } from './drills/drills.ts'
import { createIssueTypes, issueTypesOf } from './issue-types.ts'
import { createVoicesReader } from './reads/voices-reader.ts'
import { createPeople } from './people.ts'
import { createPlaybooks } from './playbooks.ts'
import { createMutes } from './mutes.ts'
import { createStatements } from './statements.ts'
import { serveConsole } from './serve-console.ts'
import { createComplaints } from './complaints.ts'
import { createReports } from './reports.ts'
import { createSessions } from './sessions.ts'

export type ApiOptions = {
  config: Pick<
    Config,
    'api' | 'brands' | 'detection' | 'sources' | 'targets' | 'alerting' | 'response' | 'retention' | 'privacy'
  >
  pool: SqlPool
  /** Signed push, webhooks of platforms, and erasures: the door of ingest. */
  push: PushPort & ErasurePort & { webhooks: WebhookPort }
  applyCommand: ApplyCommand
  /** Of the data directory; a holder named "admin" of every brand. */
  adminToken: string
  /** Readiness of the whole process. */
  readiness: () => Readiness
  metrics: Metrics
  logger: Logger
  clock: Clock
  /** What is not counted at present, as seen from bus and database; absent where nobody watches. */
  counting?: CountingView
}

export type Api = Component & {
  /** Where people reach it, once started; without a slash at its end. */
  address(): string
  /** A fresh link that opens the console signed in as admin; good once, for 15 minutes. */
  consoleLink(): Promise<string>
  /** All that it answers once started, as "GET /api/v1/issues/:id". */
  routes(): string[]
}

/**
 * REST, feed, console, metrics and health on one port. `start` throws API_TOKENS_MISSING, PORT_TAKEN or
 * HOST_UNAVAILABLE; nothing is printed. May be started alone, beside others on the same database.
 */
export const createApi = (options: ApiOptions): Api => {
  const { config, clock, metrics } = options
  const pool = explainedPool(options.pool)
  const logger = options.logger.child({ service: 'api' })
  const { api } = config
  const { adminToken } = options
  const tokens = createTokenBook([{ name: 'admin', token: adminToken, role: 'admin' }, ...api.tokens])
  const provider =
    api.oidc === undefined
      ? null
      : createIdentityProvider({
          config: api.oidc,
          address: () => publicAddress(api, boundPort),
          taken: new Set(['admin', ...api.tokens.map(({ name }) => name)]),
          clock,
        })
  const kept = createSessions(pool, () => clock.now())
  const sessions = createSessionBook(kept, tokens, clock, api.oidc?.issuer)
  const hub = createFeedHub({ port: createFeedAlerts(pool), limits: FEED_LIMITS, clock, logger, metrics })
  let rest: Rest | null = null
  let stopListening: (() => Promise<void>) | null = null
  let stopped = false
  let boundPort = api.port

  const createRest = async () => {
    const issues = createIssueReader(
      pool,
      createClockReader(pool, config, () => clock.now()),
      () => clock.now(),
    )
    const types = issueTypesOf(config.detection)
    const sources = createSourceReader(pool, config.sources, clock, options.counting)
    const watched = {
      brands: config.brands.map(({ id }) => id),
      issueTypes: types.map(({ id }) => id),
    }
    const brandNames = new Map(config.brands.map(({ id, name }) => [id, name ?? id]))
    const nameOf = (brand: string) => brandNames.get(watchedBrand(brand)) ?? brand
    const events = createKnownEvents({ pool, ...watched, newId: randomUUID, now: () => clock.now() })
    const commands = createCommandPort({ ...options, issues, newId: randomUUID, now: () => clock.now() })
    return createRestApp({
      ports: {
        issues,
        clusters: createClusterReader(pool),
        brands: createBrandReader(pool, config, sources, clock),
        suppressed: createSuppressedReader(pool),
        history: createHistoryReader(pool, () => clock.now()),
        sources,
        deliveries: createDeliveryPort(pool, randomUUID),
        commands,
        complaints: createComplaints({ pool, newId: randomUUID, now: () => clock.now() }),
        statements: createStatements({
          pool,
          response: config.response,
          nameOf,
          applyCommand: options.applyCommand,
          newId: randomUUID,
          now: () => clock.now(),
        }),
        mutes: createMutes({ pool, ...watched, newId: randomUUID, now: () => clock.now() }),
        voices: createVoicesReader(pool),
        events,
        reports: createReports({
          pool,
          config,
          nameOf,
          events,
          now: () => clock.now(),
        }),
        drills: createDrills({ pool, config, now: () => clock.now() }),
        playbooks: createPlaybooks({
          pool,
          configured: config.response.playbooks,
          types,
          targets: config.targets,
          now: () => clock.now(),
        }),
        issueTypes: createIssueTypes(pool, types),
        pagerduty: createPagerdutyPort({ ...options, pool, secrets: api.pagerdutySecrets, now: () => clock.now() }),
        charts: createChartPort(pool),
        push: options.push,
        webhooks: options.push.webhooks,
        erasures: options.push,
        audit: createAudit(pool, () => clock.now()),
        people: createPeople(pool, () => clock.now()),
        idempotency: createIdempotency(pool),
        readiness: options.readiness,
      },
      auth: { tokens, sessions },
      provider,
      config: { ...api, allowedHosts: [...api.allowedHosts, api.host] },
      metrics,
      metricsText: async () => metrics.expose(),
      logger,
      clock,
    })
  }

  const start = async (): Promise<void> => {
    checkExposure(api)
    const [created, assets] = await Promise.all([createRest(), loadConsole()])
    rest = created
    const { app, principalOf, originAllowed } = rest
    await app.register(feedPlugin, { hub, auth: { principalOf, originAllowed }, limits: FEED_LIMITS, clock })
    serveConsole(app, assets)
    await hub.start()
    stopListening = await pool.listen(ALERT_CHANNEL, () => hub.wake())
    if (stopped) return
    try {
      await app.listen({ host: api.host, port: api.port })
    } catch (error) {
      throw listenError(error, api.host, api.port)
    }
    boundPort = (app.server.address() as AddressInfo).port
    logger.debug({ host: api.host, port: boundPort }, 'api listens')
  }

  const stop = async (): Promise<void> => {
    stopped = true
    const listened = rest?.app.server.listening === true
    // Their clients come back elsewhere while this process still answers the rest.
    hub.stop()
    if (listened) await clock.sleep(api.drainMs).catch(() => undefined)
    await stopListening?.()
    await rest?.app.close()
  }
  let stopping: Promise<void> | null = null

  return {
    name: 'api',
    start,
    stop: async () => (stopping ??= stop()),
    ready: () => (rest?.app.server.listening ? { ready: true, reason: 'listens' } : { ready: false, reason: 'closed' }),
    address: () => publicAddress(api, boundPort),
    consoleLink: async () => `${publicAddress(api, boundPort)}/login?once=${await sessions.issueCode(adminToken)}`,
    routes: () => rest?.routes() ?? [],
  }
}
