import type { Batch } from 'kafkajs'

/** Where the fetch of a batch began; kafkajs has it, its types do not. */
export const fetchedFrom = (batch: Batch): number =>
  Number((batch as Batch & { fetchedOffset?: string }).fetchedOffset ?? 0)
