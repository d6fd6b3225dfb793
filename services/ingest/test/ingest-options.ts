import { createPostgresBus, topicSpecs, type Bus } from '@outcry/bus'
import { BrandRules, createParser, type SourceConfig, type SqlPool } from '@outcry/contracts'
import { defaultDetectionSettings } from '@outcry/engine'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import type { IngestOptions } from '../src/index.ts'

export const PARTITIONS = 3
const parseBrand = createParser(BrandRules)

const brand = (id: string, terms: readonly string[], fields: object = {}): BrandRules => {
  const parsed = parseBrand({ id, terms, ...fields })
  if (!parsed.ok) throw new Error('the brand does not fit its schema')
  return parsed.value
}

const BRANDS = [brand('acme', ['acme']), brand('globex', ['globex'], { name: 'Globex Air' })]

/** Options of an ingest on a bus and a database of its own. */
export const ingestOptions = (
  { bus, pool }: { bus: Bus; pool: SqlPool },
  sources: SourceConfig[],
  change: Partial<IngestOptions> = {},
): IngestOptions => ({
  config: {
    brands: BRANDS,
    sources,
    embedding: { provider: 'none', perMinute: 120, threads: 1 },
    privacy: { authorIds: 'hashed', handlesInAlerts: false },
    retention: { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, erasureHours: 24, audit: 730 },
  },
  detectionSettings: { ...defaultDetectionSettings(), brands: BRANDS.map(({ id }) => id) },
  digest: 'digest-1',
  bus,
  pool,
  clock: systemClock,
  logger: silentLogger,
  metrics: createMetrics(),
  random: () => 0.5,
  owner: 'test',
  ...change,
})

export const openBus = async (pool: SqlPool): Promise<Bus> => {
  const bus = createPostgresBus({ pool, clock: systemClock, logger: silentLogger, maxRecordBytes: 262_144 })
  await bus.ensureTopics(
    topicSpecs({ partitions: PARTITIONS, maxRecordBytes: 262_144, busDays: 7, deadLetterDays: 30, erasureHours: 24 }),
  )
  return bus
}
