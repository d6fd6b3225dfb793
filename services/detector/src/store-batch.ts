import { OutcryError, type SqlPool } from '@outcry/contracts'
import {
  advancePartition,
  appendIssueEvents,
  assignMentions,
  forgetMentions,
  handOver,
  type LogGap,
  moveMentions,
  type PartitionKey,
  recordLogGap,
  removeMentions,
  replaceClusters,
  saveSnapshots,
  type SnapshotStep,
  saveSuppressed,
  takeIn,
  upsertMentions,
} from '@outcry/store'
import { foldEffects, type FoldedEffects } from './fold-effects.ts'
import type { MoveStep } from './move-brand.ts'

/** A partition as this process holds it. */
export type Holding = PartitionKey & { epoch: number }

const fenced = ({ partition, epoch }: Holding) =>
  new OutcryError('DETECTOR_FENCED', `Partition ${partition} is no longer ours in epoch ${epoch}`, {
    fix: 'Nothing: another process has taken the partition over, and this one wrote nothing.',
  })

/** What an empty batch folds to: for snapshots and positions that move without effects. */
export const NO_EFFECTS: FoldedEffects = foldEffects([])

/** The order in which everyone locks brands. */
const byBrand = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1

/** A step of a partition: its position moves from one record to another, with everything that follows from it. */
export type Batch = {
  from: number
  to: number
  /** When the bus took the record at `to`; null where that is not known. */
  appendedAtMs: number | null
  effects: FoldedEffects
  /** What is to be said of snapshots, as of `to`; null where nothing is. */
  snapshots: Omit<SnapshotStep, 'topic' | 'partition' | 'position'> | null
  /** Where the step leads over records that are missing. */
  gap?: LogGap
  /** A brand that leaves or enters with the record at `to`. */
  move?: MoveStep | null
}

/**
 * Stores the effects of the records after `from` up to `to`, that position, and snapshots as of it, all or nothing.
 * Throws DETECTOR_FENCED, having written nothing, when the partition was taken over or its position is not `from`.
 */
export const storeBatch = (pool: SqlPool, holding: Holding, batch: Batch): Promise<void> =>
  pool.transaction(async (tx) => {
    const { effects, snapshots, gap, move, ...step } = batch
    if (!(await advancePartition(tx, { ...holding, ...step }))) throw fenced(holding)
    if (gap !== undefined) await recordLogGap(tx, gap)
    for (const [brand, ids] of [...effects.forgotten].toSorted(byBrand)) await forgetMentions(tx, brand, [...ids])
    await upsertMentions(tx, effects.mentions)
    for (const [brand, ids] of effects.removed) await removeMentions(tx, brand, [...ids])
    for (const assignment of effects.assignments) await assignMentions(tx, assignment)
    for (const move of effects.moves) await moveMentions(tx, move)
    for (const [brand, clusters] of effects.clusters) await replaceClusters(tx, brand, clusters)
    await saveSuppressed(tx, effects.suppressed)
    const { topic, partition } = holding
    if (move?.part === 'out') await handOver(tx, { ...move, topic, outPosition: batch.to })
    if (move?.part === 'in') await takeIn(tx, { id: move.id, topic })
    if (snapshots !== null) await saveSnapshots(tx, { ...snapshots, topic, partition, position: batch.to })
    // Last, because it locks the head of the outbox for everyone until the commit.
    await appendIssueEvents(tx, effects.events)
  })
