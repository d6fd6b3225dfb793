/** How much a restart may have to read again, weighed against the time a snapshot takes from the stream. */
export type SnapshotPolicy = {
  afterRecords: number
  afterMs: number
  /** How long one transaction waits for snapshots of further brands, after the first. */
  turnMs: number
}

/** Behind the stream, snapshots wait until this many times the usual amount has gathered. */
const BEHIND_FACTOR = 4
/** Making snapshots takes at most one part in so many of the time. */
const COST_FACTOR = 20

/**
 * Decides when a round of snapshots begins, in which every changed brand has its turn: soon when the partition is caught
 * up, later while it is catching up, and never so often that snapshots take over 5 % of the time.
 */
export const createSnapshotClock = ({ afterRecords, afterMs }: Omit<SnapshotPolicy, 'turnMs'>, startMs: number) => {
  let records = 0
  let beganAt = startMs
  let costMs = 0
  return {
    counted: (more: number): void => {
      records += more
    },
    due: (nowMs: number, lag: number): boolean => {
      const factor = lag > afterRecords ? BEHIND_FACTOR : 1
      // A clock that was set back must not stop snapshots.
      const passedMs = nowMs >= beganAt ? nowMs - beganAt : Infinity
      if (passedMs < costMs * COST_FACTOR) return false
      return records > 0 && (records >= afterRecords * factor || passedMs >= afterMs * factor)
    },
    began: (nowMs: number): void => {
      records = 0
      beganAt = nowMs
      costMs = 0
    },
    took: (ms: number): void => {
      costMs += ms
    },
  }
}
