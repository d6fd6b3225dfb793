import { describe, expect, it, vi } from 'vitest'
import { createPositions, createRecordingHandler, type Seen } from '../recording-handler.ts'
import { createTopic, type Driver, join, numbered, TIMEOUT, useConnections } from './driver.ts'

/** Positions are the handler’s: where reading begins, and what happens when that has left the log. */
export const positions = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('positions', () => {
    it('resumes from the position the handler gives, whatever was read before', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 300))
      const log: Seen[] = []
      const positions = createPositions()
      const first = createRecordingHandler('a', positions, log)
      const consumer = await join(bus, topic, first)
      await vi.waitFor(() => expect(first.values).toHaveLength(300), TIMEOUT)
      await consumer.stop()
      expect(log.at(-1)).toMatchObject({ type: 'revoked', partition: 0 })

      positions.set(0, 120)
      const second = createRecordingHandler('b', positions, log)
      const again = await join(open(), topic, second)
      await vi.waitFor(() => expect(second.values).toHaveLength(180), TIMEOUT)
      expect(second.values[0]).toBe('0:120')
      await again.stop()
    })

    it('says that a wanted position has left the log, and goes on at the first one left', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 100))
      await driver.forget(topic, 0, 40)
      expect(await bus.bounds(topic, 0)).toEqual({ first: 40, next: 100 })
      const log: Seen[] = []
      const handler = createRecordingHandler('a', new Map([[0, 10]]), log)
      const consumer = await join(bus, topic, handler)
      await vi.waitFor(() => expect(handler.values).toHaveLength(60), TIMEOUT)
      expect(log.filter((one) => one.type === 'gap')).toEqual([
        { type: 'gap', partition: 0, positions: [10, 40], member: 'a' },
      ])
      expect(handler.values[0]).toBe('0:40')
      await consumer.stop()
    })

    it('says the same when it leaves the log while a member is at work before it', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 20))
      const log: Seen[] = []
      let entered = false
      let finish = () => {}
      const gate = new Promise<void>((resolve) => (finish = resolve))
      const handler = createRecordingHandler('a', createPositions(), log, async () => {
        entered = true
        await gate
      })
      const consumer = await join(bus, topic, handler)
      await vi.waitFor(() => expect(entered).toBe(true), TIMEOUT)
      await bus.append(topic, numbered(0, 20, 80))
      await driver.forget(topic, 0, 50)
      finish()
      await vi.waitFor(() => expect(handler.values.at(-1)).toBe('0:99'), TIMEOUT)
      expect(log.filter((one) => one.type === 'gap')).toMatchObject([{ positions: [20, 50] }])
      expect(handler.values).toHaveLength(70)
      await consumer.stop()
    })

    it('says the same of a position beyond the end, as after a restored backup', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 5))
      const log: Seen[] = []
      const handler = createRecordingHandler('a', new Map([[0, 900]]), log)
      const consumer = await join(bus, topic, handler)
      await vi.waitFor(() => expect(handler.values).toHaveLength(5), TIMEOUT)
      expect(log.filter((one) => one.type === 'gap')).toMatchObject([{ positions: [900, 0] }])
      await consumer.stop()
    })
  })
}
