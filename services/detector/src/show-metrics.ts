import { isDrill } from '@outcry/contracts'
import type { Effect, PartitionEngine } from '@outcry/engine'
import type { Metrics } from '@outcry/runtime'

export type DetectorMetrics = Pick<
  Metrics,
  | 'complaints'
  | 'complaintsExpected'
  | 'mentionsSkipped'
  | 'burstsSuppressed'
  | 'canaryLastSeen'
  | 'consumerLag'
  | 'deadLetters'
  | 'bufferItems'
  | 'bufferLimit'
  | 'snapshotSeconds'
  | 'snapshotsRefused'
  | 'logGaps'
>

/** Counts what was stored, but no drills, which must neither grow the labels nor count as the brand. Each revision of a mention counts once. */
export const countEffects = (
  metrics: DetectorMetrics,
  effects: readonly Effect[],
  complaintThreshold: number,
): void => {
  for (const effect of effects) {
    if (effect.type === 'suppressed' && !isDrill(effect.burst.brand))
      metrics.burstsSuppressed.inc({ brand: effect.burst.brand, reason: effect.burst.reason })
    if (!('brand' in effect) || isDrill(effect.brand)) continue
    if (effect.type === 'mention' && effect.complaint >= complaintThreshold) {
      metrics.complaints.inc({ brand: effect.brand, source: effect.mention.source })
    } else if (effect.type === 'counted') {
      metrics.mentionsSkipped.inc({ brand: effect.brand, what: effect.what }, effect.count)
    }
  }
}

/** Mentions that the engine holds back of one brand to bring them in order; bounded brand by brand. */
const HELD_BUFFER = 'reorder_hold'

/** Shows the gauges of one partition after a batch. Returns how many mentions it holds back of the brand with the most. */
export const showState = (metrics: DetectorMetrics, engine: PartitionEngine): number => {
  let held = 0
  for (const [brand, { complaintsExpected, heldMentions, heldMentionsLimit }] of engine.statistics()) {
    held = Math.max(held, heldMentions)
    metrics.bufferLimit.set({ buffer: HELD_BUFFER }, heldMentionsLimit)
    if (!isDrill(brand)) metrics.complaintsExpected.set({ brand }, complaintsExpected)
  }
  return held
}

/** Shows how full the fullest hold of all partitions is. */
export const showHeld = (metrics: Pick<DetectorMetrics, 'bufferItems'>, held: readonly number[]): void =>
  metrics.bufferItems.set({ buffer: HELD_BUFFER }, Math.max(0, ...held))

/** Leaves no gauge of a partition that another process goes on with: what it said last would stand beside the truth. */
export const forgetState = (metrics: Pick<DetectorMetrics, 'complaintsExpected'>, engine: PartitionEngine): void => {
  for (const brand of engine.statistics().keys()) if (!isDrill(brand)) metrics.complaintsExpected.set({ brand }, 0)
}
