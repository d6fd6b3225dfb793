import { appendDeadLetters, type Bus, MENTIONS_TOPIC, type PartitionHandler, type StoredRecord } from '@outcry/bus'
import { type MoveRecord, OutcryError, RECORD_VERSION, type SqlPool } from '@outcry/contracts'
import type { PartitionEngine } from '@outcry/engine'
import type { Clock, Logger } from '@outcry/runtime'
import { formatVersion, isTransientDatabaseError } from '@outcry/store'
import type { EmbeddingDesk } from './embedding-desk.ts'
import { applyBatch, RecordFailedError } from './apply-batch.ts'
import { foldEffects } from './fold-effects.ts'
import { enter, leave, sendOn } from './move-brand.ts'
import { type OpenedState, openState, restoreEngine } from './open-state.ts'
import { countEffects, type DetectorMetrics, forgetState, showState } from './show-metrics.ts'
import type { SnapshotPolicy } from './snapshot-policy.ts'
import { createSnapshotRounds, type SnapshotRounds } from './snapshot-rounds.ts'
import { type Batch, type Holding, NO_EFFECTS, storeBatch } from './store-batch.ts'

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
  /** Answers what the detector asks; null where text alone decides. */
  embedding: Pick<EmbeddingDesk, 'ask'> | null
}

type OnePartition<Call> = Call extends (partition: number, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never
export type PartitionWorker = { [Name in keyof PartitionHandler]: OnePartition<PartitionHandler[Name]> } & {
  /** Mentions held back to bring them in order, of the brand with the most. */
  held(): number
}

type State = OpenedState & { snapshots: SnapshotRounds; read: number; healthy: boolean }

const STORE_ATTEMPTS = 4
/** Longest time that snapshots hold up the end of an assignment. */
const LAST_SNAPSHOTS_MS = 3_000

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
  const store = async (holding: Holding, batch: Batch) => {
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

  const roundsOf = ({ engine, rows, applyFrom }: Pick<OpenedState, 'engine' | 'rows' | 'applyFrom'>) => {
    const [policy, position, nowMs] = [deps.snapshots, applyFrom - 1, clock.now()]
    return createSnapshotRounds({ engine, rows, policy, position, nowMs, partition, logger, metrics })
  }

  /** So that whoever takes over need not read the last minutes again; fenced like every write. */
  const storeLastSnapshots = async (left: State) => {
    const startedAt = clock.now()
    left.snapshots.begin(startedAt)
    for (;;) {
      const snapshots = await left.snapshots.rest()
      if (snapshots === null) return
      const { stored, storedAtMs: appendedAtMs } = left
      await storeBatch(pool, left.holding, { from: stored, to: stored, appendedAtMs, effects: NO_EFFECTS, snapshots })
      left.snapshots.stored(stored)
      if (Math.abs(clock.now() - startedAt) > LAST_SNAPSHOTS_MS) return
    }
  }

  /**
   * A record of a later release is for that release to count. Only where none of it ever ran on this database are such
   * bytes what they seem, and go to the dead letters like others that are no record.
   */
  const refuseNewerRecords = async () => {
    const version = await formatVersion(pool, 'record')
    if (version <= RECORD_VERSION) return
    throw new OutcryError(
      'RECORD_NEWER',
      `Partition ${partition} has records of version ${version}, this Outcry reads up to ${RECORD_VERSION}`,
      { fix: 'Upgrade every process to the release that writes them; nothing was passed over.', exitCode: 2 },
    )
  }

  /** Goes on at `first`, and leaves word of what is missing: in the log, the metrics and the database. */
  const passOver = async (at: State, gap: { wanted: number; first: number; lost: number; replaced: boolean }) => {
    logger.error(
      { partition, ...gap },
      'Records left the log before the detector had read them: mentions are missing from counts',
    )
    const to = gap.first - 1
    await store(at.holding, {
      from: at.stored,
      to,
      appendedAtMs: null,
      effects: NO_EFFECTS,
      snapshots: null,
      gap: { topic: MENTIONS_TOPIC, partition, ...gap, atMs: clock.now() },
    })
    metrics.logGaps.inc(label)
    Object.assign(at, { stored: to, storedAtMs: null, applyFrom: gap.first, read: to })
    at.snapshots.stored(to)
  }

  /** The record at the stored position is another one: the log was replaced and has grown beyond it since. */
  const startOver = async (at: State): Promise<never> => {
    at.healthy = false
    const { first } = await bus.bounds(MENTIONS_TOPIC, partition)
    await passOver(at, { wanted: at.stored + 1, first, lost: 0, replaced: true })
    throw new OutcryError('DETECTOR_LOG_REPLACED', `Partition ${partition} is another log than the one read before`, {
      fix: 'Nothing now: it is read from its start. Keep the topics of Kafka and the database together in backups.',
    })
  }

  /** What a move in the step says for its transaction; the engine has a brand more, or one to let go, afterwards. */
  const carryOut = async (at: State, move: MoveRecord | null, position: number) =>
    move === null
      ? null
      : move.part === 'out'
        ? leave(deps, move, partition, at.engine)
        : enter(deps, move, position, at.engine)

  const noteMove = (at: State, { brand, part }: MoveRecord, position: number) => {
    at.snapshots.moved(brand, part)
    if (part === 'in') return at.residents.arrived(brand)
    at.engine.drop(brand)
    at.residents.left(brand, position)
  }

  /** Takes records up to the end or to a move, and stores what they come to. Returns how many. */
  const takeStep = async (at: State, records: readonly StoredRecord[], next: number): Promise<number> => {
    at.healthy = false
    let applied
    try {
      applied = applyBatch(at.engine, records, at.stored, failing, at.residents)
    } catch (error) {
      if (error instanceof RecordFailedError) {
        failing.add(error.position)
        logger.error({ partition, position: error.position, error }, 'The detector failed on a record')
      }
      throw error
    }
    const newest = records[applied.taken - 1]!
    const to = newest.position
    const lag = Math.max(0, next - 1 - to)
    at.read = to
    if (to > at.stored) {
      at.snapshots.counted(applied.taken)
      at.snapshots.erased(applied.erased)
      const nowMs = clock.now()
      const move = await carryOut(at, applied.move, to)
      // A move has a snapshot of its own; the round goes on with the next step.
      const snapshots = applied.move === null ? await at.snapshots.next(nowMs, lag) : null
      if (applied.rejected.some(({ reason }) => reason === 'newer_version')) await refuseNewerRecords()
      // Before the position moves past them; read again after a crash, they are the same letters under the same key.
      await appendDeadLetters(bus, applied.rejected, nowMs)
      await sendOn(deps, applied.misplaced)
      const appendedAtMs = newest.appendedAt
      const effects = foldEffects(applied.effects)
      await store(at.holding, { from: at.stored, to, appendedAtMs, effects, snapshots, move })
      at.stored = to
      at.storedAtMs = appendedAtMs
      at.snapshots.stored(to)
      if (move !== null) noteMove(at, applied.move!, to)
      countEffects(metrics, applied.effects, deps.complaintThreshold)
      // Not before the position is stored: what is read again asks again, and what only rebuilds state never does.
      const asks = applied.effects.filter((effect) => effect.type === 'embed')
      if (asks.length > 0) deps.embedding?.ask(partition, asks)
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
    return applied.taken
  }

  return {
    held: () => held,

    assigned: async () => {
      const opened = await openState(deps, { consumer: CONSUMER, topic: MENTIONS_TOPIC, partition }, deps.owner)
      state = { ...opened, snapshots: roundsOf(opened), read: opened.applyFrom - 1, healthy: true }
      metrics.logGaps.inc(label, 0)
      metrics.snapshotSeconds.inc(label, 0)
      const { stored, readFrom } = opened
      logger.debug({ partition, epoch: opened.holding.epoch, stored, readFrom }, 'Partition taken')
      return readFrom
    },

    records: async (read, next) => {
      const at = current()
      const last = read.find(({ position }) => position === at.stored)
      if (last && at.storedAtMs !== null && last.appendedAt !== at.storedAtMs) await startOver(at)
      let batch = read.filter(({ position }) => position >= at.applyFrom)
      while (batch.length > 0) batch = batch.slice(await takeStep(at, batch, next))
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
      await passOver(at, { wanted, first, lost, replaced })
      if (!replaced) return
      const { engine, rows } = await restoreEngine(deps, MENTIONS_TOPIC, partition, at.stored)
      Object.assign(at, { engine, rows, snapshots: roundsOf({ engine, rows, applyFrom: at.applyFrom }) })
    },

    revoked: async () => {
      const left = state
      state = null
      held = 0
      metrics.consumerLag.remove(label)
      if (left) forgetState(metrics, left.engine)
      if (!left?.healthy || left.read !== left.stored) return
      await storeLastSnapshots(left).catch((error: unknown) =>
        logger.debug({ partition, error }, 'No snapshot at the end of an assignment'),
      )
    },
  }
}
