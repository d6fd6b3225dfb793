import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AppendRecord } from '../../src/bus.ts'
import { appendDeadLetters } from '../../src/dead-letter.ts'
import { DEAD_LETTERS_TOPIC } from '../../src/topics.ts'
import { bytes, createTopic, type Driver, numbered, readAll, record, text, useConnections } from './driver.ts'

/** Order, durability and bounds of what is written. */
export const appending = (driver: Driver): void => {
  const open = useConnections(driver)

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
}
