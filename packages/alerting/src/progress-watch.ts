/** How far a partition was taken in at one look. `next` is the position that the log's next record gets. */
export type ProgressSample = { partition: number; position: number; next: number }

/** What is remembered between two looks. */
export type ProgressWatch = { [partition: number]: { position: number; seenAt: number; stalledMs: number } }

export type PartitionProgress = {
  partition: number
  /** Records that wait. */
  behind: number
  /** How long nothing was taken in although records waited; 0 while it goes on. */
  stalledMs: number
}

/** Time between two looks counts up to here: a process that slept saw nothing, and a clock may be moved. */
const LONGEST_STEP_MS = 15_000

/**
 * Whether the detector goes on, wherever it runs: a partition stands still where records wait and its stored position
 * does not move. A process that lives and does nothing shows here, and one that does not live too.
 */
export const watchProgress = (
  watch: ProgressWatch,
  samples: readonly ProgressSample[],
  nowMs: number,
): { watch: ProgressWatch; partitions: PartitionProgress[] } => {
  const after: ProgressWatch = {}
  const partitions = samples.map(({ partition, position, next }): PartitionProgress => {
    const before = watch[partition]
    const behind = Math.max(0, next - 1 - position)
    const still = before !== undefined && before.position === position && behind > 0
    const stepMs = still ? Math.min(Math.max(0, nowMs - before.seenAt), LONGEST_STEP_MS) : 0
    const stalledMs = still ? before.stalledMs + stepMs : 0
    after[partition] = { position, seenAt: nowMs, stalledMs }
    return { partition, behind, stalledMs }
  })
  return { watch: after, partitions }
}
