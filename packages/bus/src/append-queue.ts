import type { AppendRecord } from './bus.ts'
import { busClosed, busOverloaded } from './errors.ts'
import { recordBytes } from './record-rules.ts'

export type Place = { partition: number; position: number }

type Waiting = {
  records: AppendRecord[]
  bytes: number
  resolve: (places: Place[]) => void
  reject: (error: unknown) => void
}

const MAX_BATCH_RECORDS = 2_000
const MAX_BATCH_BYTES = 4_194_304
const MAX_QUEUED_BYTES = 67_108_864

/**
 * Coalesces concurrent appends to one topic into one write at a time: while a write is under way, what arrives waits and
 * goes together in the next. Order is that of the calls. A failed write fails only the appends that were in it.
 *
 * `write` stores the records and returns their places in the order given.
 */
export const createAppendQueue = (
  write: (records: AppendRecord[]) => Promise<Place[]>,
): { append(records: AppendRecord[]): Promise<Place[]>; close(): Promise<void> } => {
  const waiting: Waiting[] = []
  let queuedBytes = 0
  let closed = false
  let draining: Promise<void> | null = null
  const active = new Set<Promise<Place[]>>()

  const takeBatch = (): Waiting[] => {
    let records = 0
    let bytes = 0
    let count = 0
    for (const entry of waiting) {
      const fits = records + entry.records.length <= MAX_BATCH_RECORDS && bytes + entry.bytes <= MAX_BATCH_BYTES
      if (count > 0 && !fits) break
      records += entry.records.length
      bytes += entry.bytes
      count += 1
    }
    return waiting.splice(0, count)
  }

  const drain = async () => {
    // Callers of the same turn join the first write.
    await Promise.resolve()
    while (waiting.length > 0) {
      const batch = takeBatch()
      try {
        const places = await write(batch.flatMap((entry) => entry.records))
        let from = 0
        for (const entry of batch) entry.resolve(places.slice(from, (from += entry.records.length)))
      } catch (error) {
        for (const entry of batch) entry.reject(error)
      }
      for (const entry of batch) queuedBytes -= entry.bytes
    }
    draining = null
  }

  const enqueue = (records: AppendRecord[], bytes: number): Promise<Place[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ records, bytes, resolve, reject })
      draining ??= drain()
    })

  const appendChunks = async (records: AppendRecord[]): Promise<Place[]> => {
    const chunks = splitByBounds(records)
    const total = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0)
    if (queuedBytes > 0 && queuedBytes + total > MAX_QUEUED_BYTES) throw busOverloaded(MAX_QUEUED_BYTES)
    queuedBytes += total
    const places: Place[] = []
    let handedOver = 0
    try {
      // One after the other: a failed chunk must not be overtaken by the ones behind it.
      for (const chunk of chunks) {
        handedOver += chunk.bytes
        places.push(...(await enqueue(chunk.records, chunk.bytes)))
      }
    } finally {
      queuedBytes -= total - handedOver
    }
    return places
  }

  return {
    append: (records) => {
      if (closed) return Promise.reject(busClosed())
      const appended = appendChunks(records).finally(() => active.delete(appended))
      active.add(appended)
      return appended
    },
    close: async () => {
      closed = true
      await Promise.allSettled(active)
    },
  }
}

const splitByBounds = (records: AppendRecord[]): { records: AppendRecord[]; bytes: number }[] => {
  const chunks: { records: AppendRecord[]; bytes: number }[] = []
  for (const record of records) {
    const bytes = recordBytes(record)
    const last = chunks.at(-1)
    if (last && last.records.length < MAX_BATCH_RECORDS && last.bytes + bytes <= MAX_BATCH_BYTES) {
      last.records.push(record)
      last.bytes += bytes
    } else {
      chunks.push({ records: [record], bytes })
    }
  }
  return chunks
}
