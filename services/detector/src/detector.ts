import { type Bus, type Consumer, MENTIONS_TOPIC, type PartitionHandler } from '@outcry/bus'
import { type CountingView, type EmbeddingProvider, OutcryError, type SqlPool } from '@outcry/contracts'
import { createPartitionEngine, type PartitionEngine } from '@outcry/engine'
import type { Clock, Component, Logger, Metrics } from '@outcry/runtime'
import { installationKey } from '@outcry/store'
import { createEmbeddingDesk } from './embedding-desk.ts'
import { CONSUMER, createPartitionWorker, type PartitionWorker } from './partition-worker.ts'
import { showHeld } from './show-metrics.ts'
import type { SnapshotPolicy } from './snapshot-policy.ts'
import { createStallGuard } from './stall-guard.ts'

export type DetectorOptions = {
  bus: Bus
  pool: SqlPool
  clock: Clock
  logger: Logger
  metrics: Metrics
  /** Names this process in the database. */
  owner: string
  /** Complaint score from which the complaint counter counts; as in the detection settings. */
  complaintThreshold: number
  snapshots?: SnapshotPolicy
  /** Another engine than the one of every other part; for tests. */
  createEngine?: (idKey: string) => PartitionEngine
  maxBatchRecords?: number
  /** Tells what texts mean; null where text alone decides. Closing it is its owner's. */
  embedding?: EmbeddingProvider | null
  /** What stands still, as seen from bus and database; absent where nobody watches. */
  counting?: CountingView
}

/** The detector as a part of a process. `failed` rejects when it can never go on: end the process with that reason. */
export type Detector = Component & { failed: Promise<never> }

const SNAPSHOTS: SnapshotPolicy = { afterRecords: 5_000, afterMs: 60_000, turnMs: 50 }
/** What ends the process at once. */
const NEWER = new Set(['SNAPSHOT_NEWER', 'RECORD_NEWER'])

/**
 * Turns the records of the `mentions` topic into issue events. Several may run beside one another: each owns some of
 * the partitions, and everything it writes is fenced by the partition's epoch.
 */
export const createDetector = (options: DetectorOptions): Detector => {
  const { bus, pool, metrics } = options
  const logger = options.logger.child({ service: 'detector' })
  const workers = new Map<number, PartitionWorker>()
  const { embedding: provider } = options
  const embedding = provider ? createEmbeddingDesk({ ...options, provider, logger }) : null
  const faults = new Map<number, string>()
  let consumer: Promise<Consumer> | null = null
  let joined: Consumer | null = null
  let fail: (error: unknown) => void = () => undefined
  const failed = new Promise<never>((_, reject) => (fail = reject))
  failed.catch(() => undefined)

  const guard = options.counting
    ? createStallGuard({ ...options, counting: options.counting, owned: () => joined?.owned() ?? [], fail })
    : null

  const createHandler = (idKey: string): PartitionHandler => {
    const createEngine = () => (options.createEngine ? options.createEngine(idKey) : createPartitionEngine({ idKey }))
    const deps = { ...options, embedding, logger, createEngine, snapshots: options.snapshots ?? SNAPSHOTS }
    const workerOf = (partition: number): PartitionWorker => {
      const worker = workers.get(partition) ?? createPartitionWorker(deps, partition)
      workers.set(partition, worker)
      return worker
    }
    /** Readiness follows the last call of each partition. */
    const watched = async <T>(partition: number, call: (worker: PartitionWorker) => Promise<T>): Promise<T> => {
      try {
        const answer = await call(workerOf(partition))
        faults.delete(partition)
        return answer
      } catch (error) {
        faults.set(partition, error instanceof Error ? error.message : 'unknown error')
        // Trying again cannot help: what is stored is of a later release than this one.
        if (error instanceof OutcryError && NEWER.has(error.code)) fail(error)
        throw error
      }
    }
    return {
      assigned: (partition) => watched(partition, (worker) => worker.assigned()),
      records: async (partition, batch, next) => {
        await watched(partition, (worker) => worker.records(batch, next))
        showHeld(
          metrics,
          [...workers.values()].map((worker) => worker.held()),
        )
      },
      gap: (partition, wanted, first) => watched(partition, (worker) => worker.gap(wanted, first)),
      revoked: (partition) => workerOf(partition).revoked(),
    }
  }

  const consume = async (): Promise<Consumer> => {
    const idKey = Buffer.from(await installationKey(pool, 'issue-ids')).toString('hex')
    const member = await bus.consume({
      topic: MENTIONS_TOPIC,
      group: CONSUMER,
      handler: createHandler(idKey),
      maxBatchRecords: options.maxBatchRecords ?? 500,
    })
    member.failed.catch(fail)
    joined = member
    return member
  }

  return {
    name: 'detector',
    failed,
    start: async () => {
      await (consumer ??= consume())
      guard?.start()
    },
    stop: async () => {
      guard?.stop()
      const member = await consumer?.catch(() => null)
      await member?.stop()
      await embedding?.stop()
      faults.clear()
    },
    ready: () => {
      const [first] = faults
      if (first) return { ready: false, reason: `partition ${first[0]}: ${first[1]}` }
      const stalled = guard?.reason() ?? null
      return stalled === null ? { ready: true, reason: 'running' } : { ready: false, reason: stalled }
    },
  }
}
