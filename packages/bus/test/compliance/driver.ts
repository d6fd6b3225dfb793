import { randomUUID } from 'node:crypto'
import { afterEach, expect, vi } from 'vitest'
import type { AppendRecord, Bus, PartitionHandler, StoredRecord, TopicSpec } from '../../src/bus.ts'
import type { MemberSpec } from '../spawn-member.ts'

export const COMPLIANCE_MAX_RECORD_BYTES = 200_000

/**
 * A driver under test. `connect` gives a new process's view of the same bus, with `maxRecordBytes` of
 * COMPLIANCE_MAX_RECORD_BYTES; `forget` drops the oldest records of a partition below a position.
 */
export type Driver = {
  connect(): Bus
  /** Whether a partition is handed on only after `revoked`; where not, the epoch alone fences. */
  revokesFirst: boolean
  /** A member that shows no sign of life for so long loses its partitions. */
  sessionMs: number
  forget(topic: string, partition: number, below: number): Promise<void>
  /** How a member in a process of its own gets to the bus. */
  member(topic: string, group: string): MemberSpec
}

export const TIMEOUT = { timeout: 40_000, interval: 25 }
export const bytes = (text: string) => new TextEncoder().encode(text)
export const text = (value: Uint8Array) => Buffer.from(value).toString()
export const record = (partition: number, value: string, key: string | null = null): AppendRecord => ({
  partition,
  key,
  value: bytes(value),
})
export const numbered = (partition: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => record(partition, `${partition}:${from + index}`))

export const createTopic = async (bus: Bus, partitions = 1, extra: Pick<TopicSpec, 'compact'> = {}) => {
  const name = `test-${randomUUID()}`
  const bounds = { retentionMs: 3_600_000, maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES }
  await bus.ensureTopics([{ name, partitions, ...bounds, ...extra }])
  return name
}

/** Reads a partition from a position until `count` records came. */
export const readAll = async (bus: Bus, topic: string, partition: number, from: number, count: number) => {
  const records: StoredRecord[] = []
  const consumer = await bus.consume({
    topic,
    group: `read-${randomUUID()}`,
    handler: {
      assigned: (one) => Promise.resolve(one === partition ? from : 0),
      records: async (one, batch) => void (one === partition && records.push(...batch)),
      revoked: () => Promise.resolve(),
      gap: () => Promise.resolve(),
    },
  })
  await vi.waitFor(() => expect(records.length).toBeGreaterThanOrEqual(count), TIMEOUT)
  await consumer.stop()
  return records
}

export const join = (bus: Bus, topic: string, handler: PartitionHandler) =>
  bus.consume({ topic, group: `group-${topic}`, handler, maxBatchRecords: 50 })

/** Gives connections that are closed with their test. */
export const useConnections = (driver: Driver): (() => Bus) => {
  const opened: Bus[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.close()))
  })
  return () => {
    const bus = driver.connect()
    opened.push(bus)
    return bus
  }
}
