import { logName } from './log-gap.ts'
import { SECOND_MS } from './time.ts'

/** Why what arrives is not counted at present, apart from its sources: shown and alarmed like a blind source. */
export type CountingFault = {
  /** `bus`, or a partition as people know it. */
  name: string
  /** The partition that stands still; null where none can be reached. */
  partition: number | null
  reason: string
  lastedMs: number
}

/** How counting goes, as one process sees it from the bus and the database. */
export type CountingView = {
  /** Partitions known so far. */
  partitions(): readonly number[]
  faults(): readonly CountingFault[]
}

/** The bus as people know it. */
export const BUS_NAME = 'bus'

/** The connector that faults of the bus and of its partitions are shown under. */
export const BUS_CONNECTOR = 'bus'

/** The detector takes in nothing of a partition, wherever it should run. */
export const stalledPartition = (partition: number, behind: number, lastedMs: number): CountingFault => ({
  name: logName(partition),
  partition,
  reason: `the detector has taken in nothing for ${Math.round(lastedMs / SECOND_MS)} s, and ${behind} records wait`,
  lastedMs,
})
