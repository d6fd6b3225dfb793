import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AppendRecord, Bus, Consumer, StoredRecord } from '../src/bus.ts'
import { decodeRecord } from '../src/codec.ts'
import { appendDeadLetters } from '../src/dead-letter.ts'
import { createPositions, createRecordingHandler, type Seen } from './recording-handler.ts'
import { type MemberEvent, type MemberSpec, spawnMember } from './spawn-member.ts'
import { DEAD_LETTERS_TOPIC } from '../src/topics.ts'

export const COMPLIANCE_MAX_RECORD_BYTES = 200_000

const TIMEOUT = { timeout: 40_000, interval: 25 }
const bytes = (text: string) => new TextEncoder().encode(text)
const text = (value: Uint8Array) => Buffer.from(value).toString()
const record = (partition: number, value: string, key: string | null = null): AppendRecord => ({
  partition,
  key,
  value: bytes(value),
})
const numbered = (partition: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => record(partition, `${partition}:${from + index}`))

/**
 * What every driver of the bus promises. `connect` gives a new process's view of the same bus, with
 * `maxRecordBytes` of COMPLIANCE_MAX_RECORD_BYTES; `forget` drops the oldest records of a partition below a position.
 */
export const busCompliance = (driver: {
  connect(): Bus
  forget(topic: string, partition: number, below: number): Promise<void>
  /** How a member in a process of its own gets to the bus. */
  member(topic: string, group: string): MemberSpec
}): void => {
  const opened: Bus[] = []
  const open = () => {
    const bus = driver.connect()
    opened.push(bus)
    return bus
  }
  const createTopic = async (bus: Bus, partitions = 1) => {
    const name = `test-${randomUUID()}`
    await bus.ensureTopics([{ name, partitions, retentionMs: 3_600_000, maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES }])
    return name
  }
  /** Reads a partition from a position until `count` records came. */
  const readAll = async (bus: Bus, topic: string, partition: number, from: number, count: number) => {
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

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((bus) => bus.close()))
  })

  const members: ReturnType<typeof spawnMember>[] = []
  afterEach(async () => {
    await Promise.all(members.splice(0).map((member) => member.kill()))
  })

  describe('members in other processes', () => {
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

  describe('append', () => {
    it('keeps the order of a partition over many concurrent appends, and returns their places', async () => {
      const bus = open()
      const topic = await createTopic(bus, 2)
      const places = await Promise.all(
        Array.from({ length: 40 }, (_, call) =>
          bus.append(topic, [...numbered(0, call * 5, 5), ...numbered(1, call * 5, 5)]),
        ),
      )
      for (const partition of [0, 1]) {
        const positions = places.flat().filter((place) => place.partition === partition)
        expect(positions.map((place) => place.position)).toEqual(Array.from({ length: 200 }, (_, index) => index))
        const read = await readAll(bus, topic, partition, 0, 200)
        expect(read.map((one) => text(one.value))).toEqual(
          Array.from({ length: 200 }, (_, index) => `${partition}:${index}`),
        )
        expect(read.map((one) => one.position)).toEqual(Array.from({ length: 200 }, (_, index) => index))
      }
    })

    it('gives every record its own position when several processes append at once', async () => {
      const writers = [open(), open(), open()]
      const topic = await createTopic(writers[0]!, 2)
      const places = await Promise.all(
        writers.flatMap((bus, writer) =>
          Array.from({ length: 20 }, (_, call) =>
            bus.append(topic, [record(1, `${writer}/${call}`), record(0, `${writer}/${call}`)]),
          ),
        ),
      )
      for (const partition of [0, 1]) {
        const positions = places
          .flat()
          .filter((place) => place.partition === partition)
          .map((place) => place.position)
        expect(positions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index))
        expect(await writers[0]!.bounds(topic, partition)).toEqual({ first: 0, next: 60 })
      }
    })

    it('stores any key, value and header unchanged, with the time it took them', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      let expected: AppendRecord[] = []
      const header = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              key: fc.option(fc.string({ unit: 'grapheme' })),
              value: fc.uint8Array({ maxLength: 300 }),
              headers: fc.dictionary(header, fc.string({ unit: 'grapheme' }), { noNullPrototype: true, maxKeys: 3 }),
            }),
            { minLength: 1, maxLength: 20 },
          ),
          async (given) => {
            const records = given.map((one) => ({ ...one, partition: 0 }))
            await bus.append(topic, records)
            expected = [...expected, ...records]
          },
        ),
        { numRuns: 15 },
      )
      const odd = {
        partition: 0,
        key: 'a\u0000b',
        value: bytes(''),
        headers: { größe: '\u0000🙂', toString: 'mine', constructor: 'mine too' },
      }
      await bus.append(topic, [odd])
      expected.push(odd)
      const before = Date.now()
      const read = await readAll(bus, topic, 0, 0, expected.length)
      expect(read.map(({ key, value, headers }) => ({ key, value: [...value], headers }))).toEqual(
        expected.map(({ key, value, headers }) => ({ key, value: [...value], headers })),
      )
      for (const one of read) expect(Math.abs(before - one.appendedAt)).toBeLessThan(120_000)
      const again = await readAll(bus, topic, 0, 0, expected.length)
      expect(again.map((one) => one.appendedAt)).toEqual(read.map((one) => one.appendedAt))
    })

    it('stores a batch larger than one request, in order', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      const large = 'x'.repeat(150_000)
      const places = await bus.append(
        topic,
        Array.from({ length: 40 }, (_, index) => record(0, `${index}:${large}`)),
      )
      expect(places.map((place) => place.position)).toEqual(Array.from({ length: 40 }, (_, index) => index))
      const read = await readAll(bus, topic, 0, 0, 40)
      expect(read.map((one) => text(one.value).split(':')[0])).toEqual(
        Array.from({ length: 40 }, (_, index) => `${index}`),
      )
      expect(read.every((one) => one.value.byteLength > 150_000)).toBe(true)
    })

    it('refuses an oversized record by name, stores nothing of its batch, and takes it as a dead letter', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await bus.ensureTopics([
        { name: DEAD_LETTERS_TOPIC, partitions: 1, retentionMs: 3_600_000, maxRecordBytes: 524_288 },
      ])
      const huge = new Uint8Array(400_000).fill(7)
      await expect(
        bus.append(topic, [record(0, 'fits'), { partition: 0, key: null, value: huge }]),
      ).rejects.toMatchObject({
        code: 'BUS_RECORD_REFUSED',
        refused: [{ index: 1, reason: 'too_large' }],
      })
      expect(await bus.bounds(topic, 0)).toEqual({ first: 0, next: 0 })
      const { next } = await bus.bounds(DEAD_LETTERS_TOPIC, 0)
      await appendDeadLetters(
        bus,
        [{ stage: 'ingest', reason: 'too_large', detail: 'x', source: 's', bytes: huge }],
        1_700_000_000_000,
      )
      const [letter] = await readAll(bus, DEAD_LETTERS_TOPIC, 0, next, 1)
      const parsed = JSON.parse(text(letter!.value))
      expect(parsed).toMatchObject({ stage: 'ingest', reason: 'too_large', source: 's', truncated: true })
      expect(Buffer.from(parsed.bytes, 'base64').byteLength).toBe(262_144)
    })

    it('refuses a topic or partition that does not exist', async () => {
      const bus = open()
      const topic = await createTopic(bus)
      await expect(bus.append(topic, [record(3, 'x')])).rejects.toMatchObject({ code: 'BUS_TOPIC_MISSING' })
      await expect(bus.partitionCount('no-such-topic')).rejects.toMatchObject({ code: 'BUS_TOPIC_MISSING' })
    })
  })

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
      await bus.append(topic, [record(3, 'new')])
      expect(await bus.bounds(topic, 1)).toEqual({ first: 0, next: 1 })
    })

    it('can be created by several processes at once', async () => {
      const name = `test-${randomUUID()}`
      const spec = { name, partitions: 3, retentionMs: 3_600_000, maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES }
      const buses = [open(), open(), open()]
      await Promise.all(buses.map((bus) => bus.ensureTopics([spec])))
      expect(await buses[0]!.partitionCount(name)).toBe(3)
    })
  })

  describe('consume', () => {
    const join = (bus: Bus, topic: string, handler: ReturnType<typeof createRecordingHandler>, group = 'group') =>
      bus.consume({ topic, group: `${group}-${topic}`, handler, maxBatchRecords: 50 })

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
      expectNoOverlap(log)
      expectEachOnce(log)
    })

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

    it('can be checked', async () => {
      await expect(open().check()).resolves.toBeUndefined()
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

/** No partition was read by a member between another's `assigned` and `revoked`. */
const expectNoOverlap = (log: Seen[]) => {
  const holder = new Map<number, string>()
  for (const { type, partition, member } of log) {
    if (type === 'assigned') {
      expect(holder.get(partition), `partition ${partition} is free`).toBeUndefined()
      holder.set(partition, member)
    } else {
      expect(holder.get(partition)).toBe(member)
      if (type === 'revoked') holder.delete(partition)
    }
  }
}

const expectEachOnce = (log: Seen[]) => {
  const seen = log
    .filter((one) => one.type === 'records')
    .flatMap((one) => one.positions.map((at) => `${one.partition}/${at}`))
  expect(new Set(seen).size).toBe(seen.length)
}
