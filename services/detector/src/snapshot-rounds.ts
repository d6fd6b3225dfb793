import type { PartitionEngine } from '@outcry/engine'
import type { Logger, Metrics } from '@outcry/runtime'
import { MAX_SNAPSHOT_BYTES } from './snapshot-bytes.ts'
import { createSnapshotClock, type SnapshotPolicy } from './snapshot-policy.ts'
import type { Batch } from './store-batch.ts'
import { takeSnapshots } from './take-snapshots.ts'

const BUFFER = 'snapshot_bytes'

export type SnapshotRounds = {
  /** Records were applied above the stored position. */
  counted(records: number): void
  /** Something of these brands was erased: their snapshots are taken before any round, so that no older one keeps it. */
  erased(brands: ReadonlySet<string>): void
  /** What the transaction that stores the records up to here says of snapshots; null where nothing. */
  next(nowMs: number, lag: number): Promise<Batch['snapshots']>
  /** Begins a round whatever the clock says: for the end of an assignment. */
  begin(nowMs: number): void
  /** The same as `next` within a round that has begun. */
  rest(): Promise<Batch['snapshots']>
  /** A brand has a row now that came with it from another partition, or none any more because it left. */
  moved(brand: string, part: 'in' | 'out'): void
  /** That transaction was committed, with this position. */
  stored(position: number): void
}

/**
 * Snapshots of a partition's brands, in rounds in which every changed brand has its turn. One brand is taken at a time,
 * and each transaction carries few of them, however many brands there are.
 */
export const createSnapshotRounds = (options: {
  engine: PartitionEngine
  policy: SnapshotPolicy
  /** Brands that have a row, readable or not. */
  rows: readonly string[]
  /** Brands that have none were without records up to here. */
  position: number
  nowMs: number
  partition: number
  logger: Logger
  metrics: Pick<Metrics, 'bufferItems' | 'bufferLimit' | 'snapshotSeconds'>
}): SnapshotRounds => {
  const { engine, partition, logger, metrics } = options
  const { turnMs } = options.policy
  const clock = createSnapshotClock(options.policy, options.nowMs)
  const rows = new Set(options.rows)
  const waiting = new Set<string>()
  let unmarkedFrom = options.position
  metrics.bufferLimit.set({ buffer: BUFFER }, MAX_SNAPSHOT_BYTES)

  const beginRound = (nowMs: number) => {
    clock.began(nowMs)
    for (const brand of engine.unsaved()) waiting.add(brand)
  }

  const take = async (): Promise<Batch['snapshots']> => {
    const brands = engine.brands()
    const fresh = brands.filter((brand) => !rows.has(brand))
    for (const brand of fresh) waiting.delete(brand)
    const unsaved = new Set(engine.unsaved())
    const wanted = [...fresh, ...[...waiting].filter((brand) => unsaved.has(brand))]
    if (wanted.length === 0) {
      waiting.clear()
      return null
    }
    const { taken, tooLarge, largestBytes, tookMs } = await takeSnapshots(engine, wanted, { turnMs })
    clock.took(tookMs)
    metrics.snapshotSeconds.inc({ partition: `${partition}` }, tookMs / 1_000)
    if (largestBytes > 0) metrics.bufferItems.set({ buffer: BUFFER }, largestBytes)
    for (const brand of tooLarge) {
      logger.warn(
        { partition, brand, limitBytes: MAX_SNAPSHOT_BYTES },
        'The state of a brand is too large to be kept, a restart reads it from the log',
      )
    }
    for (const brand of [...taken.map(({ brand }) => brand), ...tooLarge]) waiting.delete(brand)
    const left = engine.unsaved()
    const begun = fresh.filter((brand) => left.includes(brand)).map((brand) => ({ brand, position: unmarkedFrom }))
    for (const brand of fresh) rows.add(brand)
    return { taken, begun, brands, unsaved: left }
  }

  return {
    counted: (records) => clock.counted(records),
    erased: (brands) => {
      for (const brand of brands) waiting.add(brand)
    },
    next: (nowMs, lag) => {
      if (clock.due(nowMs, lag)) beginRound(nowMs)
      return take()
    },
    begin: beginRound,
    rest: take,
    moved: (brand, part) => {
      waiting.delete(brand)
      if (part === 'in') rows.add(brand)
      else rows.delete(brand)
    },
    stored: (position) => {
      unmarkedFrom = position
    },
  }
}
