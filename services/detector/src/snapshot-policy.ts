/** How much a restart may have to read again, weighed against the time a snapshot takes from the stream. */
export type SnapshotPolicy = {
  afterRecords: number
  afterMs: number
}

/** Behind the stream, snapshots wait until this many times the usual amount has gathered. */
const BEHIND_FACTOR = 4

/** Decides when to snapshot: soon when the partition is caught up, later while it is catching up. */
export const createSnapshotClock = ({ afterRecords, afterMs }: SnapshotPolicy, startMs: number) => {
  let records = 0
  let takenAt = startMs
  return {
    counted: (more: number): void => {
      records += more
    },
    pending: (): boolean => records > 0,
    due: (nowMs: number, lag: number): boolean => {
      const factor = lag > afterRecords ? BEHIND_FACTOR : 1
      return records > 0 && (records >= afterRecords * factor || nowMs - takenAt >= afterMs * factor)
    },
    taken: (nowMs: number): void => {
      records = 0
      takenAt = nowMs
    },
  }
}
