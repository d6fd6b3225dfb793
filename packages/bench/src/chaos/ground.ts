import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bus, createKafkaBus, createPostgresBus, MENTIONS_TOPIC } from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import { silentLogger, systemClock } from '@outcry/runtime'
import { createSqlPool, installationKey, migrate, partitionOfBrands } from '@outcry/store'
import {
  createTestPool,
  type RunningKafka,
  type RunningPostgres,
  startKafka,
  startPostgres,
  mountSmallDisk,
  type SmallDisk,
} from '@outcry/testkit'
import type { Victim } from './fault-plan.ts'
import type { Fleet } from './process-fleet.ts'
import { PARTITIONS, PUSHED_BRAND } from './run-config.ts'
import type { LogEnds } from './watch-run.ts'
import { createWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts'

export type BusDriver = 'kafka' | 'postgres'

/** What all runs of one harness stand on: a database server, a broker, disks, a receiver. */
export type Ground = {
  driver: BusDriver
  folder: string
  postgres: RunningPostgres
  kafka: RunningKafka | null
  receiver: WebhookReceiver
  /** Disks of servers that can be filled here. */
  disks: ReadonlyMap<Victim, SmallDisk>
  /** Fleets that are to be ended with the ground. */
  fleets: Set<Fleet>
  /** Ends everything, whatever state it is in. Safe twice. */
  close(): Promise<void>
}

/** All runs are copies of it, so that ids, which are keyed hashes, can be compared. */
const BASE = 'base'
const DISK_MEBIBYTES = 1_024

export const openGround = async (options: {
  driver: BusDriver
  brands: readonly string[]
  smallDisks: boolean
}): Promise<Ground> => {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-chaos-'))
  chmodSync(folder, 0o755)
  const disks = new Map<Victim, SmallDisk>()
  const fleets = new Set<Fleet>()
  const closers: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const fleet of fleets) fleet.destroy()
    fleets.clear()
    for (let end = closers.pop(); end !== undefined; end = closers.pop()) await end()
  }
  const diskFor = (victim: Victim): { folder?: string } => {
    const disk = options.smallDisks ? mountSmallDisk(DISK_MEBIBYTES) : null
    if (disk === null) return {}
    disks.set(victim, disk)
    closers.push(() => disk.remove())
    return { folder: disk.folder }
  }
  try {
    const postgres = await startPostgres({ empty: true, ...diskFor('database') })
    closers.push(() => postgres.stop())
    const kafka = options.driver === 'kafka' ? await startKafka(diskFor('broker')) : null
    closers.push(() => kafka?.stop())
    const receiver = await createWebhookReceiver()
    closers.push(() => receiver.close())
    await createBase(postgres, options.brands)
    return { driver: options.driver, folder, postgres, kafka, receiver, disks, fleets, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A database with the schema, the keys of an installation and the places of its brands, and nothing else. */
const createBase = async (postgres: RunningPostgres, brands: readonly string[]) => {
  await postgres.create(BASE, 'template1')
  const pool = createSqlPool({ url: postgres.urlOf(BASE), poolSize: 2, logger: silentLogger })
  try {
    await migrate(pool, silentLogger)
    for (const name of ['issue-ids', 'mention-keys']) await installationKey(pool, name)
    await partitionOfBrands(pool, [...brands, PUSHED_BRAND], PARTITIONS)
  } finally {
    await pool.close()
  }
}

/** The database of a run, and the log it writes. */
export type RunPlace = { database: string; topicPrefix: string }

/** Makes the database of a run; the same log goes on where it is that of an earlier run. */
export const createRunDatabase = ({ postgres }: Ground, database: string, template = BASE): Promise<void> =>
  postgres.create(database, template)

/** Works with connections to a run's database and to its log, and closes them. */
export const withRun = async <T>(
  ground: Ground,
  { database, topicPrefix }: RunPlace,
  work: (run: { pool: SqlPool; bus: Bus; ends: () => Promise<LogEnds> }) => Promise<T>,
): Promise<T> => {
  const pool = createTestPool(ground.postgres.urlOf(database))
  const shared = { logger: silentLogger, maxRecordBytes: 262_144, clock: systemClock }
  const bus: Bus =
    ground.kafka === null
      ? createPostgresBus({ ...shared, pool })
      : createKafkaBus({
          ...shared,
          brokers: ground.kafka.brokers,
          clientId: 'chaos',
          ssl: false,
          topicPrefix,
          replication: 1,
        })
  const ends = async () => {
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition)
    const bounds = await Promise.all(partitions.map((partition) => bus.bounds(MENTIONS_TOPIC, partition)))
    return new Map(bounds.map(({ next }, partition) => [partition, next]))
  }
  try {
    return await work({ pool, bus, ends })
  } finally {
    await bus.close()
    await pool.close()
  }
}
