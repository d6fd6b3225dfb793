import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPostgresBus, decodeRecord, MENTIONS_TOPIC, topicSpecs, type Bus } from '@outcry/bus'
import {
  BrandRules,
  createParser,
  type BusRecord,
  type Mention,
  type SourceConfig,
  type SqlPool,
} from '@outcry/contracts'
import { defaultDetectionSettings } from '@outcry/engine'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { createTestDatabase } from '@outcry/testkit'
import { expect, vi } from 'vitest'
import { createIngest, type IngestOptions } from '../src/index.ts'

export const PARTITIONS = 3
const WAIT = { timeout: 20_000, interval: 20 }
const parseBrand = createParser(BrandRules)

export const brand = (id: string, terms: readonly string[], fields: object = {}): BrandRules => {
  const parsed = parseBrand({ id, terms, ...fields })
  if (!parsed.ok) throw new Error('the brand does not fit its schema')
  return parsed.value
}

export const BRANDS = [brand('acme', ['acme']), brand('globex', ['globex'], { name: 'Globex Air' })]

/** Options of an ingest on a bus and a database of its own. */
export const ingestOptions = (
  { bus, pool }: { bus: Bus; pool: SqlPool },
  sources: SourceConfig[],
  change: Partial<IngestOptions> = {},
): IngestOptions => ({
  config: {
    brands: BRANDS,
    sources,
    privacy: { authorIds: 'hashed', handlesInAlerts: false },
    retention: { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30 },
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
    topicSpecs({ partitions: PARTITIONS, maxRecordBytes: 262_144, busDays: 7, deadLetterDays: 30 }),
  )
  return bus
}

export type OnBus = { partition: number; record: BusRecord }

export const createFixture = async () => {
  const database = await createTestDatabase()
  const bus = await openBus(database.pool)
  const directory = await mkdtemp(join(tmpdir(), 'outcry-ingest-'))
  let files = 0

  const onBus = async (): Promise<OnBus[]> => {
    const { rows } = await database.pool.query<{ partition: number; value: Buffer }>(
      'SELECT partition, value FROM outcry.bus_record WHERE topic = $1 ORDER BY partition, position',
      [MENTIONS_TOPIC],
    )
    return rows.flatMap(({ partition, value }) => {
      const decoded = decodeRecord(value)
      return decoded.ok ? [{ partition, record: decoded.record }] : []
    })
  }

  return {
    ...database,
    bus,
    onBus,
    mentions: async (): Promise<{ brand: string; mention: Mention }[]> =>
      (await onBus()).flatMap(({ record }) => (record.kind === 'mention' ? [record] : [])),
    fileSource: async (lines: readonly object[], fields: Partial<SourceConfig> = {}): Promise<SourceConfig> => {
      files += 1
      const path = join(directory, `${files}.jsonl`)
      await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
      return { connector: 'file', name: `history-${files}`, path, map: {}, speed: 'asFast', atEnd: 'stop', ...fields }
    },
    /** Runs an ingest until every file source was read to its end. */
    readAll: async (options: IngestOptions): Promise<void> => {
      const ingest = createIngest(options)
      await ingest.start()
      await vi.waitFor(async () => {
        const { rows } = await database.pool.query<{ source: string }>(
          `SELECT source FROM outcry.source_state WHERE state = 'live' AND reason = 'read to its end'`,
        )
        expect(rows.map(({ source }) => source)).toEqual(
          expect.arrayContaining(options.config.sources.map(({ name }) => name)),
        )
      }, WAIT)
      await ingest.stop()
    },
    close: async () => {
      await bus.close()
      await database.drop()
      await rm(directory, { recursive: true })
    },
  }
}
