import type { Bus } from '@outcry/bus'
import { OutcryError, type SqlPool } from '@outcry/contracts'
import { type PartitionEngine, SNAPSHOT_VERSION } from '@outcry/engine'
import type { Logger, Metrics } from '@outcry/runtime'
import { loadSnapshots, movesOf, NO_SNAPSHOT, takePartition } from '@outcry/store'
import { createResidents, type Residents } from './residents.ts'
import { expandSnapshot } from './snapshot-bytes.ts'
import type { Holding } from './store-batch.ts'

export type OpenedState = {
  engine: PartitionEngine
  /** Which brands left the partition. */
  residents: Residents
  /** Brands that have a row among the snapshots. */
  rows: string[]
  holding: Holding
  /** Last record whose effects are stored. */
  stored: number
  /** When the bus took that record; null where that is not known. */
  storedAtMs: number | null
  /** The first record to take in: behind the snapshots, or at the start of the log where state must be rebuilt. */
  applyFrom: number
  /** Where to read on: one record earlier where that one shows whether this is still the log it was. */
  readFrom: number
}

export type OpenDeps = {
  bus: Pick<Bus, 'bounds'>
  pool: SqlPool
  logger: Logger
  metrics: Pick<Metrics, 'snapshotsRefused'>
  createEngine: () => PartitionEngine
}

export type RestoredEngine = {
  engine: PartitionEngine
  /** Brands that have a row, readable or not. */
  rows: string[]
  /** Everything up to here is in the engine; null where state must be rebuilt from the start of the log. */
  upTo: number | null
}

/**
 * An engine with the stored snapshots in it. Snapshots of a partition are of different moments: records go on behind the
 * oldest, and a brand passes over what its own snapshot holds. None counts as newer than `stored`: after a restored
 * backup or a replaced log they may have been. Throws `SNAPSHOT_NEWER`.
 */
export const restoreEngine = async (
  { pool, logger, metrics, createEngine }: Omit<OpenDeps, 'bus'>,
  topic: string,
  partition: number,
  stored: number,
): Promise<RestoredEngine> => {
  const engine = createEngine()
  const snapshots = await loadSnapshots(pool, topic, partition)
  let upTo = Infinity
  for (const { brand, position, version, body } of snapshots) {
    if (version > SNAPSHOT_VERSION) throw newerSnapshot(brand, version)
    const at = Math.min(position, stored)
    const readable = version === NO_SNAPSHOT || (await restoreBrand(engine, brand, at, version, body))
    if (!readable) {
      const reason = version < SNAPSHOT_VERSION ? 'older' : 'damaged'
      metrics.snapshotsRefused.inc({ reason })
      logger.warn(
        { partition, brand, reason, version, reads: SNAPSHOT_VERSION },
        'A snapshot cannot be read, rebuilding the brand from the log as far as it goes',
      )
    }
    upTo = Math.min(upTo, readable ? at : -Infinity)
  }
  return { engine, rows: snapshots.map(({ brand }) => brand), upTo: Number.isFinite(upTo) ? upTo : null }
}

const restoreBrand = async (
  engine: PartitionEngine,
  brand: string,
  position: number,
  version: number,
  stored: Uint8Array,
): Promise<boolean> => {
  const body = await expandSnapshot(stored).catch(() => null)
  return body !== null && engine.restore(brand, position, version, body)
}

const newerSnapshot = (brand: string, version: number) =>
  new OutcryError(
    'SNAPSHOT_NEWER',
    `The state of brand ${brand} has version ${version}, this Outcry reads up to ${SNAPSHOT_VERSION}`,
    { fix: 'Run the newer Outcry that wrote it, or restore the backup from before the upgrade.', exitCode: 2 },
  )

/** Takes a partition over: from here on no earlier owner can write. */
export const openState = async (deps: OpenDeps, key: Omit<Holding, 'epoch'>, owner: string): Promise<OpenedState> => {
  const { position: stored, epoch, appendedAtMs: storedAtMs } = await takePartition(deps.pool, { ...key, owner })
  const { engine, rows, upTo } = await restoreEngine(deps, key.topic, key.partition, stored)
  const residents = createResidents(key.partition, await movesOf(deps.pool, key.partition))
  const { first, next } = await deps.bus.bounds(key.topic, key.partition)
  // Asking for a position the log does not have makes the bus report the gap; starting elsewhere would hide it.
  const leftTheLog = stored >= 0 && (stored + 1 < first || stored + 1 > next)
  const applyFrom = leftTheLog ? stored + 1 : upTo === null ? first : upTo + 1
  const readFrom = !leftTheLog && storedAtMs !== null && stored >= first ? Math.min(applyFrom, stored) : applyFrom
  return { engine, rows, residents, holding: { ...key, epoch }, stored, storedAtMs, applyFrom, readFrom }
}
