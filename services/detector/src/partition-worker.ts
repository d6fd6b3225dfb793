import { appendDeadLetters, type Bus, MENTIONS_TOPIC, type PartitionHandler } from '@outcry/bus'
import type { SqlPool } from '@outcry/contracts'
import type { PartitionEngine } from '@outcry/engine'
import type { Clock, Logger } from '@outcry/runtime'
import { isTransientDatabaseError } from '@outcry/store'
import { applyBatch, RecordFailedError } from './apply-batch.ts'
import { foldEffects } from './fold-effects.ts'
import { type OpenedState, openState, restoreEngine } from './open-state.ts'
import { countEffects, type DetectorMetrics, showState } from './show-metrics.ts'
import { createSnapshotClock, type SnapshotPolicy } from './snapshot-policy.ts'
import { type Holding, NO_EFFECTS, storeBatch } from './store-batch.ts'

export const CONSUMER = 'detector'

export type WorkerDeps = {
  bus: Pick<Bus, 'append' | 'bounds'>
  pool: SqlPool
  createEngine: () => PartitionEngine
  clock: Clock
  logger: Logger
  metrics: DetectorMetrics
  owner: string
  snapshots: SnapshotPolicy
  complaintThreshold: number
}

type OnePartition<Call> = Call extends (partition: number, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never
export type PartitionWorker = { [Name in keyof PartitionHandler]: OnePartition<PartitionHandler[Name]> } & {
  /** Mentions held back to bring them in order. */
  held(): number
}

type State = OpenedState & { snapshotClock: ReturnType<typeof createSnapshotClock>; read: number; healthy: boolean }

const STORE_ATTEMPTS = 4

/** One partition of the detector: takes it over, rebuilds its state, and turns its records into stored effects. */
export const createPartitionWorker = (deps: WorkerDeps, partition: number): PartitionWorker => {
  const { bus, pool, clock, logger, metrics } = deps
  const label = { partition: `${partition}` }
  // Survives reassignment, so that a record the engine fails on stops the partition once and not for ever.
  const failing = new Set<number>()
  let state: State | null = null
  let held = 0

  const current = (): State => {
    if (!state) throw new Error(`partition ${partition} is not assigned`)
    return state
  }

  /** Stores with a few tries; a fault that lasts is left to the bus, which lets the partition go and takes it again. */
  const store = async (holding: Holding, batch: Parameters<typeof storeBatch>[2]) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await storeBatch(pool, holding, batch)
      } catch (error) {
        if (attempt === STORE_ATTEMPTS || !isTransientDatabaseError(error)) throw error
        logger.debug({ partition, attempt, error }, 'Storing effects failed, trying again')
        await clock.sleep(100 * 2 ** attempt)
      }
    }
  }

  const takeSnapshots = (at: State, nowMs: number) => {
    at.snapshotClock.taken(nowMs)
    return at.engine.snapshots()
  }

  return {
    held: () => held,

    assigned: async () => {
      const opened = await openState(deps, { consumer: CONSUMER, topic: MENTIONS_TOPIC, partition }, deps.owner)
      const snapshotClock = createSnapshotClock(deps.snapshots, clock.now())
      state = { ...opened, snapshotClock, read: opened.readFrom - 1, healthy: true }
      const { stored, readFrom } = opened
      logger.info({ partition, epoch: opened.holding.epoch, stored, readFrom }, 'Partition taken')
      return readFrom
    },

    records: async (batch, next) => {
      const at = current()
      const to = batch.at(-1)!.position
      at.healthy = false
      let applied
      try {
        applied = applyBatch(at.engine, batch, at.stored, failing)
      } catch (error) {
        if (error instanceof RecordFailedError) {
          failing.add(error.position)
          logger.error({ partition, position: error.position, error }, 'The detector failed on a record')
        }
        throw error
      }
      const lag = Math.max(0, next - 1 - to)
      at.read = to
      if (to > at.stored) {
        at.snapshotClock.counted(batch.length)
        const nowMs = clock.now()
        const snapshots = at.snapshotClock.due(nowMs, lag) ? takeSnapshots(at, nowMs) : []
        // Before the position moves past them; read again after a crash, they are the same letters under the same key.
        await appendDeadLetters(bus, applied.rejected, nowMs)
        await store(at.holding, { from: at.stored, to, effects: foldEffects(applied.effects), snapshots })
        at.stored = to
        countEffects(metrics, applied.effects, deps.complaintThreshold)
        for (const { reason } of applied.rejected) {
          metrics.deadLetters.inc({ stage: 'detector', reason: reason === 'failed' ? 'failed' : 'undecodable' })
        }
      }
      at.healthy = true
      held = showState(metrics, at.engine)
      metrics.consumerLag.set(label, lag)
      if (applied.heartbeatSentAtMs !== null) {
        metrics.canaryLastSeen.set({ stage: 'detector' }, applied.heartbeatSentAtMs / 1_000)
      }
    },

    gap: async (wanted, first) => {
      const at = current()
      const replaced = wanted > first
      const lost = Math.max(0, first - 1 - at.stored)
      if (!replaced && lost === 0) {
        // Effects up to here are stored; only state that would have been rebuilt from these records is incomplete.
        logger.warn({ partition, wanted, first }, 'Records needed to rebuild state have left the log')
        return
      }
      logger.error(
        { partition, wanted, first, lost, replaced },
        'Records left the log before the detector had read them: mentions are missing from counts',
      )
      const to = first - 1
      await store(at.holding, { from: at.stored, to, effects: NO_EFFECTS, snapshots: [] })
      at.stored = to
      at.read = to
      if (replaced) at.engine = (await restoreEngine(deps, MENTIONS_TOPIC, partition, to)).engine
    },

    revoked: async () => {
      const left = state
      state = null
      held = 0
      metrics.consumerLag.remove(label)
      // So that whoever takes over need not read the last minutes again; fenced like every write.
      if (!left?.healthy || left.read !== left.stored || !left.snapshotClock.pending()) return
      const snapshots = left.engine.snapshots()
      await storeBatch(pool, left.holding, {
        from: left.stored,
        to: left.stored,
        effects: NO_EFFECTS,
        snapshots,
      }).catch((error: unknown) => logger.debug({ partition, error }, 'No snapshot at the end of an assignment'))
    },
  }
}
