import { hostname } from 'node:os'
import { type Bus } from '@outcry/bus'
import { RECORD_VERSION, type SqlPool } from '@outcry/contracts'
import { SNAPSHOT_VERSION } from '@outcry/engine'
import { type Clock, createLifecycle, type Lifecycle, type LoadedConfig, type Logger } from '@outcry/runtime'
import { dataDirOwner, lockDataDir, openDatabase, raiseFormats } from '@outcry/store'
import { openEmbedding } from '../embedding-model.ts'
import { publicUrlOf, settlePort } from './api-address.ts'
import { createServices } from './create-services.ts'
import { keptTopics } from './kept-topics.ts'
import { openBus } from './open-bus.ts'
import { SERVICE_NAMES, type ServiceName } from './service-names.ts'

export type System = {
  pool: SqlPool
  bus: Bus
  publicUrl: string
  databaseAddress: string
  /** A one-time link that opens the console signed in; null where the API runs elsewhere. */
  consoleLink: string | null
  /** Where health, readiness and metrics are asked apart from the API; null where they have no port of their own. */
  healthAddress: string | null
  /** Rejects when a part can never go on. */
  failed: Promise<never>
  stop(): Promise<void>
}

export type SystemOptions = {
  loaded: LoadedConfig
  services: ReadonlySet<ServiceName>
  clock: Clock
  logger: Logger
  random: () => number
  /** Told before each slow step. */
  onStep: (step: string) => void
  /** Aborts a start half-way. */
  signal: AbortSignal
}

/** Opens database and bus and starts the services, in that order; a failure half-way closes what was opened. */
export const startSystem = async (options: SystemOptions): Promise<System> => {
  const { services, clock, logger, onStep, signal } = options
  const closers: (() => unknown)[] = []
  const closeAll = async () => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close()
  }
  try {
    const alone = isAlone(options)
    const { config: given } = options.loaded
    if (alone) closers.push(lockDataDir(given.dataDir, publicUrlOf(given.api)))
    const port = services.has('api') ? await settlePort(given.api) : given.api.port
    const loaded = { ...options.loaded, config: { ...given, api: { ...given.api, port } } }
    const { config } = loaded
    const publicUrl = publicUrlOf(config.api)
    onStep(config.database.url === undefined ? 'starting the embedded PostgreSQL' : 'opening the database')
    const database = await openDatabase({ ...config.database, dataDir: config.dataDir, logger, attach: !alone })
    closers.push(() => database.close())
    signal.throwIfAborted()
    const { pool } = database
    await raiseFormats(pool, { record: RECORD_VERSION, snapshot: SNAPSHOT_VERSION })
    onStep(config.bus.driver === 'kafka' ? 'opening Kafka' : 'opening the bus')
    const bus = openBus(config, { pool, clock, logger })
    closers.push(() => bus.close())
    await bus.ensureTopics(keptTopics(config))
    signal.throwIfAborted()
    if (config.embedding.provider !== 'none') onStep('loading the sentence model')
    const embedding = services.has('detector') ? await openEmbedding(config) : null
    closers.push(() => embedding?.close())
    onStep('starting the services')
    const owner = alone ? 'all-in-one' : `${hostname()}-${process.pid}`
    let lifecycle: Lifecycle | null = null
    const readiness = () => lifecycle?.readiness() ?? { ready: false, components: [] }
    const { components, api, healthAddress, failed } = await createServices({
      ...options,
      loaded,
      pool,
      bus,
      embedding,
      publicUrl,
      owner,
      readiness,
    })
    lifecycle = createLifecycle(components, { logger })
    const started = lifecycle
    closers.push(() => started.stop())
    await started.start()
    const consoleLink = (await api?.consoleLink()) ?? null
    return {
      pool,
      bus,
      publicUrl,
      databaseAddress: database.address,
      consoleLink,
      healthAddress: healthAddress(),
      failed,
      stop: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/**
 * Whether this process has the data directory for itself: with the embedded database, unless it is one of several
 * services and another process already runs that database.
 */
const isAlone = ({ loaded: { config }, services }: SystemOptions): boolean =>
  config.database.url === undefined && (services.size === SERVICE_NAMES.length || dataDirOwner(config.dataDir) === null)
