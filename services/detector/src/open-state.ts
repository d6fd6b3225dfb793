import type { Bus } from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import type { PartitionEngine } from '@outcry/engine'
import type { Logger } from '@outcry/runtime'
import { loadSnapshots, takePartition } from '@outcry/store'
import type { Holding } from './store-batch.ts'

export type OpenedState = {
  engine: PartitionEngine
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
  createEngine: () => PartitionEngine
}

/**
 * An engine with the stored snapshots in it. Snapshots of one moment are stored together, and a brand that had no record
 * since keeps its older one, so everything up to the newest is in them. None counts as newer than `stored`: after a
 * restored backup or a replaced log they may have been.
 */
export const restoreEngine = async (
  { pool, logger, createEngine }: Omit<OpenDeps, 'bus'>,
  topic: string,
  partition: number,
  stored: number,
): Promise<{ engine: PartitionEngine; upTo: number | null }> => {
  const engine = createEngine()
  let upTo: number | null = null
  let complete = true
  for (const { brand, position, version, body } of await loadSnapshots(pool, topic, partition)) {
    const at = Math.min(position, stored)
    // The driver hands out Buffers on shared memory, whose `slice` does not copy; pure code expects plain bytes.
    if (engine.restore(brand, at, version, new Uint8Array(body))) upTo = Math.max(upTo ?? -1, at)
    else {
      complete = false
      logger.warn({ partition, brand, version }, 'A snapshot cannot be read, rebuilding the brand from the log')
    }
  }
  return { engine, upTo: complete ? upTo : null }
}

/** Takes a partition over: from here on no earlier owner can write. */
export const openState = async (deps: OpenDeps, key: Omit<Holding, 'epoch'>, owner: string): Promise<OpenedState> => {
  const { position: stored, epoch, appendedAtMs: storedAtMs } = await takePartition(deps.pool, { ...key, owner })
  const { engine, upTo } = await restoreEngine(deps, key.topic, key.partition, stored)
  const { first, next } = await deps.bus.bounds(key.topic, key.partition)
  // Asking for a position the log does not have makes the bus report the gap; starting elsewhere would hide it.
  const leftTheLog = stored >= 0 && (stored + 1 < first || stored + 1 > next)
  const applyFrom = leftTheLog ? stored + 1 : upTo === null ? first : upTo + 1
  const readFrom = !leftTheLog && storedAtMs !== null && stored >= first ? Math.min(applyFrom, stored) : applyFrom
  return { engine, holding: { ...key, epoch }, stored, storedAtMs, applyFrom, readFrom }
}
