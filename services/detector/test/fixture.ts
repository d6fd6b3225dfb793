import { randomUUID } from 'node:crypto'
import { type AppendRecord, type Bus, createKafkaBus, createPostgresBus, encodeRecord, topicSpecs } from '@outcry/bus'
import type { BusRecord, SqlPool } from '@outcry/contracts'
import { createMetrics, type Metrics, silentLogger, systemClock } from '@outcry/runtime'
import { createTestDatabase, sharedKafka, type TestDatabase } from '@outcry/testkit'
import { createDetector, type Detector, type DetectorOptions } from '../src/index.ts'

export const PARTITIONS = 2

const base = { logger: silentLogger, clock: systemClock, maxRecordBytes: 262_144 }

/** A database with a bus beside it that has the topics. */
export type Installation = { database: TestDatabase; bus: Bus; metrics: Metrics; close(): Promise<void> }

export const createInstallation = async (driver: 'postgres' | 'kafka'): Promise<Installation> => {
  const database = await createTestDatabase()
  // The same key everywhere makes the ids of two installations comparable.
  await database.pool.query(`INSERT INTO outcry.installation (name, value) VALUES ('issue-ids', '\\x0102')`)
  const bus =
    driver === 'postgres'
      ? createPostgresBus({ ...base, pool: database.pool, leaseMs: 2_000, pollMs: 200 })
      : createKafkaBus({
          ...base,
          brokers: (await sharedKafka()).brokers,
          clientId: 'test',
          topicPrefix: `detector-${randomUUID()}.`,
          replication: -1,
          sessionTimeoutMs: 6_000,
        })
  await bus.ensureTopics(
    topicSpecs({ partitions: PARTITIONS, maxRecordBytes: 262_144, busDays: 1, deadLetterDays: 1, erasureHours: 24 }),
  )
  return {
    database,
    bus,
    metrics: createMetrics(),
    close: async () => {
      await bus.close()
      await database.drop()
    },
  }
}

export const createTestDetector = (at: Installation, options: Partial<DetectorOptions> = {}): Detector =>
  createDetector({
    bus: at.bus,
    pool: at.database.pool,
    clock: systemClock,
    logger: silentLogger,
    metrics: at.metrics,
    owner: randomUUID(),
    complaintThreshold: 0.5,
    maxBatchRecords: 20,
    snapshots: { afterRecords: 40, afterMs: 3_600_000, turnMs: 0 },
    ...options,
  })

export const toAppend = (records: readonly BusRecord[], partition: number): AppendRecord[] =>
  records.map((record) => ({ partition, key: null, value: encodeRecord(record) }))

export const storedPositions = async (pool: SqlPool): Promise<number[]> => {
  const { rows } = await pool.query<{ position: number }>(
    `SELECT position FROM outcry.partition_state WHERE consumer = 'detector' ORDER BY partition`,
  )
  return rows.map((row) => row.position)
}

/** Everything the detector leaves for others, without the order in which brands came to write it. */
export const outcome = async (pool: SqlPool) => {
  const events = await pool.query(
    'SELECT id, brand, issue_id, kind, at_ms, body FROM outcry.issue_event ORDER BY brand, seq',
  )
  const mentions = await pool.query(
    'SELECT brand, id, complaint, lang, cluster_id, issue_id, body FROM outcry.mention ORDER BY brand, id',
  )
  const clusters = await pool.query('SELECT brand, id, issue_id, body FROM outcry.cluster ORDER BY brand, id')
  const suppressed = await pool.query('SELECT id, brand, body FROM outcry.suppressed_burst ORDER BY id')
  return { events: events.rows, mentions: mentions.rows, clusters: clusters.rows, suppressed: suppressed.rows }
}

/** A pool whose process dies in its `dieAt`th transaction: before it began, or after it was committed. */
export const dyingPool = (pool: SqlPool, dieAt: number, when: 'before' | 'after'): SqlPool & { dead(): boolean } => {
  let transactions = 0
  let dead = false
  const gone = () => new Error('the process is dead')
  return {
    dead: () => dead,
    query: (text, values) => (dead ? Promise.reject(gone()) : pool.query(text, values)),
    listen: (channel, onNotify) => pool.listen(channel, onNotify),
    transaction: async (work) => {
      transactions += 1
      const last = transactions === dieAt
      if (dead || (last && when === 'before')) {
        dead = true
        throw gone()
      }
      const result = await pool.transaction(work)
      if (last) {
        dead = true
        throw gone()
      }
      return result
    },
  }
}
