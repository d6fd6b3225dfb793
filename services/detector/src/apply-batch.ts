import { decodeRecord, type RejectedRecord, type StoredRecord } from '@outcry/bus'
import { type BusRecord, ERASURE_SOURCE, isDrill, type MentionRecord, type MoveRecord } from '@outcry/contracts'
import type { Effect, PartitionEngine } from '@outcry/engine'
import type { Residents } from './residents.ts'

/** What a batch of records came to. */
export type Applied = {
  /** How many of the records were taken: all, or those up to a move, which ends a step. */
  taken: number
  /** The move that ended it, above the stored position. */
  move: MoveRecord | null
  /** Effects of records above the stored position, in order. */
  effects: Effect[]
  /** Records above the stored position that could not be used. */
  rejected: RejectedRecord[]
  /** Records above the stored position that belong to where their brand lives now. */
  misplaced: { brand: string; key: string | null; record: BusRecord }[]
  /** Brands that a person had something erased of. */
  erased: Set<string>
  /** When the newest heartbeat in it that is of no drill left ingest; null without one. */
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
 * Runs records through the engine in order, up to the first move of a brand. What is at or below `storedPosition` only
 * rebuilds state: its effects were stored before. `failing` are positions the engine has thrown on; they are passed
 * over like bytes that are no record.
 */
export const applyBatch = (
  engine: PartitionEngine,
  batch: readonly StoredRecord[],
  storedPosition: number,
  failing: ReadonlySet<number>,
  residents: Residents,
): Applied => {
  const applied: Applied = {
    taken: 0,
    move: null,
    effects: [],
    rejected: [],
    misplaced: [],
    erased: new Set(),
    heartbeatSentAtMs: null,
  }
  for (const stored of batch) {
    applied.taken += 1
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
    // A drill beats by itself, also while nothing real arrives.
    if (decoded.record.kind === 'heartbeat' && !decoded.record.brands.every(isDrill))
      applied.heartbeatSentAtMs = decoded.record.sentAt
    const { here, elsewhere } = sortOut(decoded.record, stored.position, residents)
    const { key } = stored
    if (fresh) applied.misplaced.push(...elsewhere.map(({ brand, record }) => ({ brand, key, record })))
    if (here === null) continue
    let effects: Effect[]
    try {
      effects = engine.apply(stored.position, stored.appendedAt, here)
    } catch (error) {
      throw new RecordFailedError(stored.position, error)
    }
    if (!fresh) continue
    applied.effects.push(...effects)
    if (isErasure(here)) applied.erased.add(here.brand)
    if (here.kind !== 'move') continue
    applied.move = here
    break
  }
  return applied
}

const isErasure = (record: BusRecord): record is MentionRecord =>
  record.kind === 'mention' && record.mention.op === 'delete' && record.mention.source === ERASURE_SOURCE

/** The part of a record that counts in this partition, and what belongs elsewhere. */
const sortOut = (
  record: BusRecord,
  position: number,
  residents: Residents,
): { here: BusRecord | null; elsewhere: { brand: string; record: BusRecord }[] } => {
  if (record.kind === 'settings' || record.kind === 'move') return { here: record, elsewhere: [] }
  if (record.kind !== 'heartbeat') {
    const residence = residents.of(record.brand, position)
    const elsewhere = residence === 'elsewhere' ? [{ brand: record.brand, record }] : []
    return { here: residence === 'here' ? record : null, elsewhere }
  }
  const staying = record.brands.filter((brand) => residents.of(brand, position) === 'here')
  if (staying.length === record.brands.length) return { here: record, elsewhere: [] }
  const elsewhere = record.brands
    .filter((brand) => residents.of(brand, position) === 'elsewhere')
    .map((brand) => ({ brand, record: { ...record, brands: [brand] } }))
  return { here: { ...record, brands: staying }, elsewhere }
}
