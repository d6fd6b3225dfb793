import { decodeRecord, type RejectedRecord, type StoredRecord } from '@outcry/bus'
import type { Effect, PartitionEngine } from '@outcry/engine'

/** What a batch of records came to. */
export type Applied = {
  /** Effects of records above the stored position, in order. */
  effects: Effect[]
  /** Records above the stored position that could not be used. */
  rejected: RejectedRecord[]
  /** When the newest heartbeat in it left ingest; null without one. */
  heartbeatSentAtMs: number | null
}

/** The engine threw on this record: its state is in doubt and must be rebuilt without the record. */
export class RecordFailedError extends Error {
  readonly position: number

  constructor(position: number, cause: unknown) {
    super(`record ${position} could not be applied`, { cause })
    this.name = 'RecordFailedError'
    this.position = position
  }
}

/**
 * Runs records through the engine in order. What is at or below `storedPosition` only rebuilds state: its effects were
 * stored before. `failing` are positions the engine has thrown on; they are passed over like bytes that are no record.
 */
export const applyBatch = (
  engine: PartitionEngine,
  batch: readonly StoredRecord[],
  storedPosition: number,
  failing: ReadonlySet<number>,
): Applied => {
  const applied: Applied = { effects: [], rejected: [], heartbeatSentAtMs: null }
  for (const stored of batch) {
    const fresh = stored.position > storedPosition
    const decoded = decodeRecord(stored.value)
    const reject = (reason: string, detail: string) => {
      const { topic, partition, position, value: bytes } = stored
      if (fresh) applied.rejected.push({ stage: 'detector', reason, detail, topic, partition, position, bytes })
    }
    if (!decoded.ok) {
      reject(decoded.reason, decoded.detail)
      continue
    }
    if (failing.has(stored.position)) {
      reject('failed', 'the detector failed on this record')
      continue
    }
    const { record } = decoded
    if (record.kind === 'heartbeat') applied.heartbeatSentAtMs = record.sentAt
    let effects: Effect[]
    try {
      effects = engine.apply(stored.position, stored.appendedAt, record)
    } catch (error) {
      throw new RecordFailedError(stored.position, error)
    }
    if (fresh) applied.effects.push(...effects)
  }
  return applied
}
