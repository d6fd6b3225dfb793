import { describe, expect, it, vi } from 'vitest'
import { decodeRecord } from '../../src/codec.ts'
import { createPositions, createRecordingHandler, type Seen } from '../recording-handler.ts'
import { createTopic, type Driver, join, numbered, readAll, record, TIMEOUT, useConnections } from './driver.ts'

/** What a handler is given, and how fast. */
export const reading = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('consume', () => {
    it('reads what comes later, within a second of its append', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      const handler = createRecordingHandler('a', createPositions(), [])
      const consumer = await join(bus, topic, handler)
      await vi.waitFor(() => expect(consumer.owned()).toEqual([0]), TIMEOUT)
      await bus.append(topic, [record(0, 'first')])
      await vi.waitFor(() => expect(handler.values).toEqual(['first']), TIMEOUT)
      const startedAt = Date.now()
      await open().append(topic, [record(0, 'second')])
      await vi.waitFor(() => expect(handler.values).toEqual(['first', 'second']), TIMEOUT)
      expect(Date.now() - startedAt).toBeLessThan(1_500)
    })

    it('hands over one bounded batch at a time, tells where the log ends, and reads no further meanwhile', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 500))
      let running = 0
      let most = 0
      let openGate = () => {}
      const gate = new Promise<void>((resolve) => (openGate = resolve))
      const sizes: number[] = []
      const ends: number[] = []
      const consumer = await bus.consume({
        topic,
        group: `slow-${topic}`,
        maxBatchRecords: 50,
        handler: {
          assigned: () => Promise.resolve(0),
          records: async (_partition, batch, next) => {
            running += 1
            most = Math.max(most, running)
            sizes.push(batch.length)
            ends.push(next)
            await gate
            running -= 1
          },
          revoked: () => Promise.resolve(),
          gap: () => Promise.resolve(),
        },
      })
      await vi.waitFor(() => expect(sizes).toHaveLength(1), TIMEOUT)
      await bus.append(topic, numbered(0, 500, 100))
      expect(sizes).toHaveLength(1)
      expect(ends[0]).toBe(500)
      openGate()
      await vi.waitFor(() => expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(600), TIMEOUT)
      expect(most).toBe(1)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(50)
      expect(ends.at(-1)).toBe(600)
      await consumer.stop()
    })

    it('bounds a batch by bytes as well', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      const large = 'x'.repeat(190_000)
      await bus.append(
        topic,
        Array.from({ length: 60 }, () => record(0, large)),
      )
      const sizes: number[] = []
      const handler = createRecordingHandler('a', createPositions(), [], async (_partition, batch) => {
        sizes.push(batch.reduce((sum, one) => sum + one.value.byteLength, 0))
      })
      const consumer = await bus.consume({ topic, group: `bytes-${topic}`, handler, maxBatchRecords: 1_000 })
      await vi.waitFor(() => expect(handler.values).toHaveLength(60), TIMEOUT)
      expect(Math.max(...sizes)).toBeLessThan(6_000_000)
      await consumer.stop()
    })

    it('lets a partition go and takes it again when the handler fails, without skipping a record', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 100))
      const log: Seen[] = []
      let failures = 0
      const handler = createRecordingHandler('a', createPositions(), log, async (_partition, batch) => {
        if (batch.some((one) => one.position === 60) && failures < 2) {
          failures += 1
          throw new Error('not now')
        }
      })
      const consumer = await join(bus, topic, handler)
      await vi.waitFor(() => expect(handler.values).toHaveLength(100), TIMEOUT)
      expect(handler.values).toEqual(Array.from({ length: 100 }, (_, index) => `0:${index}`))
      expect(log.filter((one) => one.type === 'assigned')).toHaveLength(3)
      expect(log.filter((one) => one.type === 'revoked')).toHaveLength(2)
      await consumer.stop()
    })

    it('surfaces bytes that are no record through the codec', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, [
        { partition: 0, key: null, value: new Uint8Array([0xff, 0xfe]) },
        record(0, '{"v":1,'),
        record(0, '{"v":99}'),
        record(0, '{"v":1,"kind":"command"}'),
      ])
      const read = await readAll(bus, topic, 0, 0, 4)
      expect(read.map((one) => decodeRecord(one.value))).toMatchObject([
        { ok: false, reason: 'not_utf8' },
        { ok: false, reason: 'not_json' },
        { ok: false, reason: 'newer_version' },
        { ok: false, reason: 'invalid' },
      ])
    })
  })
}
