import type { SourceState } from '@outcry/contracts'

/** What a source last said of itself. Times are epoch ms of the wall clock. */
export type SourceReport = {
  name: string
  connector: string
  /** Brands it may speak of; all where null. */
  brands: readonly string[] | null
  state: SourceState
  reason: string
  stateSinceMs: number
  /** Since its last heartbeat; null where there was none. */
  silentMs: number | null
}

/** A live source reports every 5 to 10 s; three missed reports are silence. */
export const SILENT_AFTER_MS = 35_000

/** How a source is now: one whose heartbeats stopped is blind, whatever it said last. */
export const judgeSource = (
  report: Pick<SourceReport, 'state' | 'reason' | 'stateSinceMs' | 'silentMs'>,
  nowMs: number,
): { state: SourceState; since: number; reason: string } => {
  const { state, reason, stateSinceMs, silentMs } = report
  if (state === 'blind') return { state, since: stateSinceMs, reason }
  if (silentMs === null) return { state: 'blind', since: stateSinceMs, reason: 'no heartbeat yet' }
  if (silentMs <= SILENT_AFTER_MS) return { state, since: stateSinceMs, reason }
  return { state: 'blind', since: nowMs - silentMs, reason: 'its heartbeats stopped' }
}
