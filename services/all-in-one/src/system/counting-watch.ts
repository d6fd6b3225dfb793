import { type Bus, MENTIONS_TOPIC } from '@outcry/bus'
import {
  BUS_NAME,
  type CountingFault,
  type CountingView,
  SECOND_MS,
  type SqlPool,
  stalledPartition,
} from '@outcry/contracts'
import { type PartitionProgress, type ProgressWatch, watchProgress } from '@outcry/engine'
import type { Clock, Component, Logger, Metrics } from '@outcry/runtime'
import { partitionPositions } from '@outcry/store'
import { type Answer, createAnswerWatch } from './answer-watch.ts'

const LOOK_EVERY_MS = 5_000
/** Beyond what Kafka's client allows itself before it says that nobody answers. */
const BUS_PATIENCE_MS = 12_000
/** A database that takes longer to give a few numbers is no use to anybody. */
const DATABASE_PATIENCE_MS = 5_000
/** A detector that starts takes this long at most; its partitions change hands in less. */
const STALLED_AFTER_MS = 30_000

export type CountingWatchOptions = {
  bus: Pick<Bus, 'allBounds'>
  pool: SqlPool
  clock: Clock
  logger: Logger
  metrics: Pick<Metrics, 'dependencyUp' | 'partitionStalled' | 'consumerLag'>
  /** The consumer whose stored positions show how far the detector is. */
  consumer: string
}

type Dependency = { name: string; fault: string | null; lastedMs: number; seenAt: number }

/**
 * Looks every few seconds, in every process, whether bus and database answer and whether the detector goes on: by what
 * it stored, wherever it runs. Says so in readiness, metrics and the log, and to whoever shows or judges sources. The
 * parts wait for bus and database on their own and go on when they are back.
 */
export const createCountingWatch = (options: CountingWatchOptions): { components: Component[]; view: CountingView } => {
  const { bus, pool, clock, logger, metrics } = options
  const stopping = new AbortController()
  const askBus = createAnswerWatch(() => bus.allBounds(MENTIONS_TOPIC), clock, BUS_PATIENCE_MS, stopping.signal)
  const askDatabase = createAnswerWatch(
    () => partitionPositions(pool, options.consumer, MENTIONS_TOPIC),
    clock,
    DATABASE_PATIENCE_MS,
    stopping.signal,
  )
  const created = { fault: null, lastedMs: 0, seenAt: clock.now() }
  const onBus: Dependency = { name: BUS_NAME, ...created }
  const onDatabase: Dependency = { name: 'database', ...created }
  let progress: ProgressWatch = {}
  let partitions: PartitionProgress[] = []
  let stalled = new Set<number>()
  const waiting = new Set<number>()
  let watching: Promise<void> = Promise.resolve()

  const note = (on: Dependency, answer: Answer<unknown>): void => {
    const before = on.fault
    const nowMs = clock.now()
    const { error } = answer.ok ? { error: null } : answer
    on.fault = answer.ok ? null : error instanceof Error ? error.message : 'unknown error'
    on.lastedMs = on.fault !== null && before !== null ? on.lastedMs + Math.max(0, nowMs - on.seenAt) : 0
    on.seenAt = nowMs
    metrics.dependencyUp.set({ dependency: on.name }, answer.ok ? 1 : 0)
    if ((before === null) === answer.ok) return
    if (answer.ok) logger.info({ dependency: on.name }, 'It answers again')
    else logger.error({ dependency: on.name, error }, 'It does not answer: nothing is counted until it does')
  }

  const noted = async <T>(on: Dependency, asked: Promise<Answer<T>>): Promise<Answer<T>> => {
    const answer = await asked
    if (!stopping.signal.aborted) note(on, answer)
    return answer
  }

  // A detector that goes on says itself, batch by batch, how far behind it is; one that stands still, or is nowhere, cannot.
  const showLag = (partition: number, behind: number, stalledMs: number): void => {
    if (stalledMs === 0 && !waiting.has(partition)) return
    metrics.consumerLag.set({ partition: `${partition}` }, behind)
    if (behind > 0) waiting.add(partition)
    else waiting.delete(partition)
  }

  const noteProgress = (): void => {
    const now = new Set<number>()
    for (const { partition, behind, stalledMs } of partitions) {
      metrics.partitionStalled.set({ partition: `${partition}` }, stalledMs / SECOND_MS)
      showLag(partition, behind, stalledMs)
      if (stalledMs < STALLED_AFTER_MS) continue
      now.add(partition)
      if (!stalled.has(partition))
        logger.error({ partition, behind, stalledMs }, 'A partition stands still: its records are not counted')
    }
    for (const partition of stalled) if (!now.has(partition)) logger.info({ partition }, 'The partition goes on')
    stalled = now
  }

  const look = async (): Promise<void> => {
    const [ends, stored] = await Promise.all([noted(onBus, askBus()), noted(onDatabase, askDatabase())])
    if (stopping.signal.aborted) return
    // While one of them is away nobody can go on: that is told, and is no fault of the detector.
    if (!ends.ok || !stored.ok) return
    const positions = new Map(stored.value.map(({ partition, position }) => [partition, position]))
    const samples = ends.value.map(({ partition, first, next }) => ({
      partition,
      position: positions.get(partition) ?? first - 1,
      next,
    }))
    const seen = watchProgress(progress, samples, clock.now())
    progress = seen.watch
    partitions = seen.partitions
    noteProgress()
  }

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, stopping.signal).catch(() => undefined)
      if (!stopping.signal.aborted) await look()
    }
  }

  const readyOf = (on: Dependency) =>
    on.fault === null ? { ready: true, reason: 'answers' } : { ready: false, reason: on.fault }

  const busFault = (): CountingFault[] =>
    onBus.fault === null ? [] : [{ name: BUS_NAME, partition: null, reason: onBus.fault, lastedMs: onBus.lastedMs }]

  return {
    components: [
      {
        name: BUS_NAME,
        start: () => {
          for (const dependency of [BUS_NAME, 'database']) metrics.dependencyUp.set({ dependency }, 1)
          watching = watch()
          return Promise.resolve()
        },
        stop: () => {
          stopping.abort()
          return watching
        },
        ready: () => readyOf(onBus),
      },
      { name: 'database', start: async () => undefined, stop: async () => undefined, ready: () => readyOf(onDatabase) },
    ],
    view: {
      partitions: () => partitions.map(({ partition }) => partition),
      faults: () => [
        ...busFault(),
        ...partitions
          .filter(({ stalledMs }) => stalledMs >= STALLED_AFTER_MS)
          .map(({ partition, behind, stalledMs }) => stalledPartition(partition, behind, stalledMs)),
      ],
    },
  }
}
