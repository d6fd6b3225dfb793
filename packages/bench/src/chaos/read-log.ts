import { type Bus, decodeRecord, MENTIONS_TOPIC, type StoredRecord } from '@outcry/bus'
import { until } from './until.ts'
import type { LogEnds } from './watch-run.ts'

const READ_TIMEOUT_MS = 120_000

/** Every record of the log, up to the ends, partition by partition. */
export const readLog = async (bus: Bus, ends: LogEnds): Promise<StoredRecord[]> => {
  const records: StoredRecord[] = []
  const read = new Map<number, number>()
  const consumer = await bus.consume({
    topic: MENTIONS_TOPIC,
    group: 'chaos-audit',
    handler: {
      assigned: () => Promise.resolve(0),
      records: (partition, batch) => {
        records.push(...batch)
        read.set(partition, batch.at(-1)!.position + 1)
        return Promise.resolve()
      },
      gap: () => Promise.reject(new Error('the log has lost records')),
      revoked: () => Promise.resolve(),
    },
  })
  try {
    await until('the log is read', READ_TIMEOUT_MS, () =>
      [...ends].every(([partition, end]) => (read.get(partition) ?? 0) >= end),
    )
    return records.toSorted((a, b) => a.partition - b.partition || a.position - b.position)
  } finally {
    await consumer.stop()
  }
}

/** Ids of the mentions among them. */
export const mentionIdsOf = (records: readonly StoredRecord[]): Set<string> =>
  new Set(
    records.flatMap(({ value }) => {
      const decoded = decodeRecord(value)
      return decoded.ok && decoded.record.kind === 'mention' ? [decoded.record.mention.id] : []
    }),
  )
