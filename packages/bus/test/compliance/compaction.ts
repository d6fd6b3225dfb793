import { describe, expect, it, vi } from 'vitest'
import { type StoredRecord } from '../../src/bus.ts'
import { createPositions, createRecordingHandler } from '../recording-handler.ts'
import { createTopic, type Driver, record, text, TIMEOUT, useConnections } from './driver.ts'

/** Erasure: a later record of a key takes the earlier ones out of the log. */
export const compaction = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('compaction', () => {
    it('drops what came again under its key, keeps the newest and what has no key, and leaves the positions', async () => {
      const bus = open()
      const topic = await createTopic(bus, 1, { compact: { afterMs: 0, withinMs: 1_000 } })
      await bus.append(topic, [
        record(0, 'written', 'post'),
        record(0, 'other', 'other post'),
        record(0, 'beat'),
        record(0, 'beat'),
        record(0, 'deleted', 'post'),
      ])
      const seen = async () => {
        // A log is only tidied behind its newest segment, so it has to grow.
        await bus.append(topic, [record(0, 'more')])
        const { next } = await bus.bounds(topic, 0)
        const records: StoredRecord[] = []
        const handler = createRecordingHandler('a', createPositions(), [], async (_partition, batch) => {
          records.push(...batch)
        })
        const consumer = await bus.consume({ topic, group: `seen-${topic}-${next}`, handler })
        await vi.waitFor(() => expect(records.at(-1)?.position).toBe(next - 1), TIMEOUT)
        await consumer.stop()
        return records.filter(({ value }) => text(value) !== 'more')
      }
      await vi.waitFor(async () => {
        expect((await seen()).map(({ position, key, value }) => [position, key, text(value)])).toEqual([
          [1, 'other post', 'other'],
          [2, null, 'beat'],
          [3, null, 'beat'],
          [4, 'post', 'deleted'],
        ])
      }, TIMEOUT)
    }, 60_000)
  })
}
