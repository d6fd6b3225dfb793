import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPositions, createRecordingHandler } from '../recording-handler.ts'
import { type MemberEvent, spawnMember } from '../spawn-member.ts'
import { createTopic, type Driver, numbered, TIMEOUT, useConnections } from './driver.ts'

/** What becomes of the partitions of a member that is killed or frozen. */
export const otherProcesses = (driver: Driver): void => {
  const open = useConnections(driver)

  describe('members in other processes', () => {
    const members: ReturnType<typeof spawnMember>[] = []
    afterEach(async () => {
      await Promise.all(members.splice(0).map((member) => member.kill()))
    })

    const share = async () => {
      const bus = open()
      const topic = await createTopic(bus, 4)
      const member = spawnMember(driver.member(topic, 'group'))
      members.push(member)
      const handler = createRecordingHandler('here', createPositions(), [])
      const consumer = await bus.consume({ topic, group: 'group', handler })
      await vi.waitFor(() => {
        expect(consumer.owned()).toHaveLength(2)
        expect(new Set(held(member.events)).size).toBe(2)
      }, TIMEOUT)
      const append = (from: number) =>
        bus.append(
          topic,
          [0, 1, 2, 3].flatMap((partition) => numbered(partition, from, 10)),
        )
      await append(0)
      await vi.waitFor(() => {
        const there = member.events.flatMap((event) => (event.type === 'records' ? event.positions : []))
        expect([handler.values.length, there.length]).toEqual([20, 20])
      }, TIMEOUT)
      return { member, handler, consumer, append }
    }

    it('takes over from a member that was killed, within its lease', async () => {
      const { member, handler, consumer, append } = await share()
      await member.kill()
      await append(10)
      await vi.waitFor(() => expect(new Set(handler.values).size).toBe(80), TIMEOUT)
      expect(consumer.owned()).toEqual([0, 1, 2, 3])
      await consumer.stop()
    })

    it('gives nothing more to a member that was frozen and lost its partitions', async () => {
      const { member, handler, consumer, append } = await share()
      member.freeze()
      const before = member.events.length
      await append(10)
      await vi.waitFor(() => expect(new Set(handler.values).size).toBe(80), TIMEOUT)
      member.thaw()
      await vi.waitFor(() => expect(member.events.length).toBeGreaterThanOrEqual(before + 2), TIMEOUT)
      const after = member.events.slice(before)
      const firstOf = [...new Map(after.toReversed().map((event) => [event.partition, event.type])).values()]
      expect(firstOf).not.toContain('records')
      await consumer.stop()
    })
  })
}

/** Partitions a member holds after these events. */
const held = (events: readonly MemberEvent[]): number[] => {
  const now = new Set<number>()
  for (const { type, partition } of events) {
    if (type === 'assigned') now.add(partition)
    if (type === 'revoked') now.delete(partition)
  }
  return [...now]
}
