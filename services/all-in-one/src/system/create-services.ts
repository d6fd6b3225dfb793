import type { Bus } from '@outcry/bus'
import type { EmbeddingProvider, SqlPool } from '@outcry/contracts'
import {
  type Clock,
  type Component,
  createMetrics,
  type LoadedConfig,
  type Logger,
  type Readiness,
} from '@outcry/runtime'
import { applyCommand, createAlerter } from '@outcry/service-alerter'
import { type Api, createApi, createDrillKeeper, createHealthPort } from '@outcry/service-api'
import { createDetector, DETECTOR_CONSUMER } from '@outcry/service-detector'
import { createIngest, openDoor } from '@outcry/service-ingest'
import { ensureAdminToken, explainedPool } from '@outcry/store'
import { createCountingWatch } from './counting-watch.ts'
import { createRetention } from './retention.ts'
import type { ServiceName } from './service-names.ts'

export type ServiceOptions = {
  loaded: LoadedConfig
  services: ReadonlySet<ServiceName>
  clock: Clock
  logger: Logger
  random: () => number
  pool: SqlPool
  bus: Bus
  /** Null where text alone decides, or another process detects. */
  embedding: EmbeddingProvider | null
  publicUrl: string
  /** Names this process in leases. */
  owner: string
  readiness: () => Readiness
}

export type Services = {
  /** In the order of starting; the other way round, nothing arrives at a part that has stopped. */
  components: Component[]
  api: Api | null
  /** Where health is asked apart from the API; null before the start, and where no port is configured. */
  healthAddress: () => string | null
  /** Rejects when a part can never go on. */
  failed: Promise<never>
}

/** Wires the asked services to one database and one bus. */
export const createServices = async (options: ServiceOptions): Promise<Services> => {
  const { loaded, services, pool } = options
  const { config, detectionSettings, digest } = loaded
  const metrics = createMetrics({ process: true })
  metrics.announce({
    brands: config.brands.map(({ id }) => id),
    sources: config.sources,
    targets: config.targets.map(({ name }) => name),
    judgesSources: services.has('ingest') || services.has('alerter'),
  })
  const watch = createCountingWatch({ ...options, metrics, consumer: DETECTOR_CONSUMER })
  const shared = { ...options, config, metrics, detectionSettings, digest, counting: watch.view }
  const components: Component[] = []
  const { host, port } = config.health
  const health = port === undefined ? null : createHealthPort({ ...shared, host, port })
  if (health !== null) components.push(health)
  components.push(...watch.components)
  const detector = createDetector({ ...shared, complaintThreshold: config.detection.complaintThreshold })
  if (services.has('alerter')) {
    components.push(createRetention({ ...shared, retention: config.retention }), createAlerter(shared))
  }
  if (services.has('detector')) components.push(detector)
  if (services.has('ingest')) components.push(createIngest(shared))
  let api: Api | null = null
  if (services.has('api')) {
    const { token } = ensureAdminToken(config.dataDir)
    const explained = explainedPool(pool)
    const push = await openDoor({ ...shared, pool: explained })
    const decide = (request: Parameters<typeof applyCommand>[2]) => applyCommand(explained, config, request)
    api = createApi({ ...shared, push, applyCommand: decide, adminToken: token })
    components.push(api, createDrillKeeper({ ...shared, pool: explained, applyCommand: decide }))
  }
  return { components, api, healthAddress: () => health?.address() ?? null, failed: detector.failed }
}
