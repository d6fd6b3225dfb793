import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { type Consumer } from '../../src/bus.ts'
import { createPositions, createRecordingHandler, type Seen } from '../recording-handler.ts'
import { createTopic, type Driver, join, numbered, record, TIMEOUT, useConnections } from './driver.ts'

/** One member reads a partition at a time. */
export const ownership = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('ownership', () => {
    it('shares partitions between members, and hands over those of one that leaves', async () => {
      const buses = [open(), open()]
      const topic = await createTopic(buses[0]!, 4)
      const positions = createPositions()
      const log: Seen[] = []
      const handlers = ['a', 'b'].map((name) => createRecordingHandler(name, positions, log))
      const consumers: Consumer[] = []
      for (const [index, bus] of buses.entries()) consumers.push(await join(bus, topic, handlers[index]!))
      await vi.waitFor(() => {
        expect(consumers.map((consumer) => consumer.owned().length)).toEqual([2, 2])
      }, TIMEOUT)
      const append = (from: number) =>
        buses[0]!.append(
          topic,
          [0, 1, 2, 3].flatMap((partition) => numbered(partition, from, 50)),
        )
      await append(0)
      await vi.waitFor(() => expect(handlers[0]!.values.length + handlers[1]!.values.length).toBe(200), TIMEOUT)
      expect(handlers.map((handler) => handler.values.length)).toEqual([100, 100])

      await consumers[0]!.stop()
      expect(consumers[0]!.owned()).toEqual([])
      await append(50)
      await vi.waitFor(() => expect(handlers[1]!.values.length).toBe(300), TIMEOUT)
      expect(consumers[1]!.owned()).toEqual([0, 1, 2, 3])
      expectNoOverlap(
        log,
        driver.revokesFirst
          ? ({ partition }) => `${partition}`
          : ({ partition, member }) => `${partition} of ${member}`,
      )
      expectEachOnce(log)
    })

    it('doubles and loses nothing when members come and go while handlers take longer than the session', async () => {
      const topic = await createTopic(open(), 4)
      const positions = createPositions()
      const log: Seen[] = []
      let slow = 0
      const joinSlowly = (name: string) =>
        open().consume({
          topic,
          group: `slow-${topic}`,
          maxBatchRecords: 20,
          handler: createRecordingHandler(name, positions, log, async (_partition, batch) => {
            if (batch[0]!.position !== 20) return
            slow += 1
            await sleep(driver.sessionMs + 1_500)
          }),
        })
      const first = await joinSlowly('a')
      await open().append(
        topic,
        [0, 1, 2, 3].flatMap((partition) => numbered(partition, 0, 60)),
      )
      await vi.waitFor(() => expect(slow).toBeGreaterThan(0), TIMEOUT)
      const second = await joinSlowly('b')
      const done = () => expect([0, 1, 2, 3].map((partition) => positions.get(partition))).toEqual([60, 60, 60, 60])
      await vi.waitFor(done, TIMEOUT)
      expectEachOnce(log)
      const read = log.flatMap(({ type, positions: seen }) => (type === 'records' ? seen : []))
      expect(read).toHaveLength(240)
      await Promise.all([first.stop(), second.stop()])
    }, 90_000)

    it('stops and closes safely twice, at once and while a batch is being worked on', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.append(topic, numbered(0, 0, 10))
      const log: Seen[] = []
      let finish = () => {}
      const gate = new Promise<void>((resolve) => (finish = resolve))
      let entered = false
      const handler = createRecordingHandler('a', createPositions(), log, async () => {
        entered = true
        await gate
      })
      const consumer = await join(bus, topic, handler)
      await vi.waitFor(() => expect(entered).toBe(true), TIMEOUT)
      const stops = Promise.all([consumer.stop(), consumer.stop(), bus.close(), bus.close()])
      finish()
      await stops
      await Promise.all([consumer.stop(), bus.close()])
      expect(log.map((one) => one.type)).toEqual(['assigned', 'records', 'revoked'])
      await expect(bus.append(topic, [record(0, 'late')])).rejects.toMatchObject({ code: 'BUS_CLOSED' })
    })
  })
}

/** Nothing was read but between `assigned` and `revoked` of the same member, and no two of these of one lot overlap. */
const expectNoOverlap = (log: Seen[], lotOf: (seen: Seen) => string) => {
  const holder = new Map<string, string>()
  for (const seen of log) {
    const lot = lotOf(seen)
    if (seen.type === 'assigned') {
      expect(holder.get(lot), `partition ${lot} is free`).toBeUndefined()
      holder.set(lot, seen.member)
    } else {
      expect(holder.get(lot)).toBe(seen.member)
      if (seen.type === 'revoked') holder.delete(lot)
    }
  }
}

const expectEachOnce = (log: Seen[]) => {
  const seen = log
    .filter((one) => one.type === 'records')
    .flatMap((one) => one.positions.map((at) => `${one.partition}/${at}`))
  expect(new Set(seen).size).toBe(seen.length)
}
