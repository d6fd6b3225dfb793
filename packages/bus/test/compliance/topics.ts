import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { COMPLIANCE_MAX_RECORD_BYTES, createTopic, type Driver, record, useConnections } from './driver.ts'

/** How topics come to be. */
export const topics = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('topics', () => {
    it('adds partitions where there are fewer, keeps them where there are more', async () => {
      const bus = open()
      const topic = await createTopic(bus, 2)
      await bus.append(topic, [record(1, 'kept')])
      const spec = { name: topic, retentionMs: 3_600_000, maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES }
      await bus.ensureTopics([{ ...spec, partitions: 4 }])
      expect(await bus.partitionCount(topic)).toBe(4)
      await bus.ensureTopics([{ ...spec, partitions: 1 }])
      expect(await bus.partitionCount(topic)).toBe(4)
      // A writer that was there before must not take records for a partition it does not know yet.
      expect(await bus.append(topic, [record(3, 'new'), record(0, 'old')])).toEqual([
        { partition: 3, position: 0 },
        { partition: 0, position: 0 },
      ])
      expect(await bus.bounds(topic, 1)).toEqual({ first: 0, next: 1 })
      expect(await bus.allBounds(topic)).toEqual([1, 1, 0, 1].map((next, partition) => ({ partition, first: 0, next })))
      await expect(bus.allBounds('no-such-topic')).rejects.toMatchObject({ code: 'BUS_TOPIC_MISSING' })
    })

    it('can be created by several processes at once', async () => {
      const name = `test-${randomUUID()}`
      const spec = { name, partitions: 3, retentionMs: 3_600_000, maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES }
      const buses = [open(), open(), open()]
      await Promise.all(buses.map((bus) => bus.ensureTopics([spec])))
      expect(await buses[0]!.partitionCount(name)).toBe(3)
    })

    it('can be checked', async () => {
      await expect(open().check()).resolves.toBeUndefined()
    })
  })
}
