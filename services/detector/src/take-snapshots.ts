import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BrandSnapshot, PartitionEngine } from '@outcry/engine'
import { compressSnapshot, MAX_SNAPSHOT_BYTES } from './snapshot-bytes.ts'

/** Longest time that making a snapshot keeps the event loop, but for one step. */
const SLICE_MS = 5
/** One transaction carries not many more; the other brands are for the next one. */
const TURN_BYTES = 16_777_216

export type TakenSnapshots = {
  taken: BrandSnapshot[]
  /** Too large to be kept; the brand stays unsaved. */
  tooLarge: string[]
  largestBytes: number
  tookMs: number
}

/**
 * Snapshots of some brands as of the last record applied, one after the other: the first, and as many more as one
 * transaction should hold. The event loop is given back every few milliseconds; no record may be applied meanwhile.
 */
export const takeSnapshots = async (
  engine: Pick<PartitionEngine, 'snapshot'>,
  brands: readonly string[],
  { turnMs, maxBytes = MAX_SNAPSHOT_BYTES }: { turnMs: number; maxBytes?: number },
): Promise<TakenSnapshots> => {
  const startedAt = performance.now()
  const made: TakenSnapshots = { taken: [], tooLarge: [], largestBytes: 0, tookMs: 0 }
  let bytes = 0
  for (const brand of brands) {
    const snapshot = await inSlices(engine.snapshot(brand), maxBytes)
    if (snapshot === null) made.tooLarge.push(brand)
    else {
      made.largestBytes = Math.max(made.largestBytes, snapshot.body.length)
      const body = await compressSnapshot(snapshot.body)
      made.taken.push({ ...snapshot, body })
      bytes += body.length
    }
    made.tookMs = performance.now() - startedAt
    if (made.tookMs > turnMs || bytes > TURN_BYTES) break
  }
  return made
}

/** Runs the steps, with a pause for others every few milliseconds; null when there are more bytes than may be. */
const inSlices = async <T>(steps: Generator<number, T>, maxBytes: number): Promise<T | null> => {
  let sliceAt = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (step.value > maxBytes) return null
    if (performance.now() - sliceAt < SLICE_MS) continue
    await nextTurn()
    sliceAt = performance.now()
  }
}
