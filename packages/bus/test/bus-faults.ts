import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { StoredRecord } from '../src/bus.ts'
import { type BusSpec, connectMember, SESSION_MS } from './connect-member.ts'
import { createTopic, text } from './compliance/driver.ts'
import { createPositions, createRecordingHandler } from './recording-handler.ts'
import { APPEND_RECORDS, spawnProducer } from './spawn-producer.ts'

/** What a bus runs on, of the test's own, and the faults it can be put under. */
export type FaultyServer = {
  kill(): Promise<void>
  restart(): Promise<void>
  freeze(): void | Promise<void>
  thaw(): void | Promise<void>
  stop(): Promise<void>
}

const WAIT = { timeout: 60_000, interval: 25 }
const PARTITIONS = 2

/**
 * What every driver promises while producers and what it runs on are killed and frozen in the middle of writes: what was
 * acknowledged is there once, what was not is there once at the most, and each writer's records are in order.
 */
export const busFaults = (start: () => Promise<{ server: FaultyServer; spec: BusSpec }>): void => {
  let server: FaultyServer
  let spec: BusSpec
  beforeAll(async () => {
    ;({ server, spec } = await start())
  })
  afterAll(() => server?.stop())

  const producers: ReturnType<typeof spawnProducer>[] = []
  afterEach(async () => {
    await Promise.all(producers.splice(0).map((producer) => producer.kill()))
  })

  /** A topic that somebody reads all the while. */
  const scene = async () => {
    const bus = connectMember(spec)
    onTestFinished(() => bus.close())
    const topic = await createTopic(bus, PARTITIONS)
    const records: StoredRecord[] = []
    const values = new Set<string>()
    const counts = Array.from({ length: PARTITIONS }, () => 0)
    const handler = createRecordingHandler('reader', createPositions(), [], async (partition, batch) => {
      records.push(...batch)
      for (const { value } of batch) values.add(text(value))
      counts[partition]! += batch.length
    })
    await bus.consume({ topic, group: `reader-${topic}`, handler })
    const produce = (writer: string) => {
      const producer = spawnProducer({ ...spec, topic, partitions: PARTITIONS, writer })
      producers.push(producer)
      return producer
    }
    /** Until it has acknowledged some appends more, and the reader has read beyond them. */
    const goesOn = async ({ appends, writer }: ReturnType<typeof produce>) => {
      const before = appends.length
      await vi.waitFor(
        () => expect(appends.slice(before).filter(({ stored }) => stored).length).toBeGreaterThan(5),
        WAIT,
      )
      const last = `${writer}/${appends.findLast(({ stored }) => stored)!.to - 1}`
      await vi.waitFor(() => expect(values.has(last)).toBe(true), WAIT)
    }
    return { bus, topic, records, counts, produce, goesOn }
  }

  /** Holds every promise against what was read; gives how many records there are. */
  const countWhole = async ({ bus, topic, records, counts }: Awaited<ReturnType<typeof scene>>) => {
    // An append of a producer that was killed may still be on its way in, so the end is asked for each time. The reader
    // shares this thread: what waits for it looks at numbers, not at tens of thousands of records.
    const ends = await vi.waitFor(async () => {
      const bounds = await bus.allBounds(topic)
      expect(counts).toEqual(bounds.map(({ next }) => next))
      return bounds
    }, WAIT)
    for (const { partition, next } of ends) {
      const positions = records.filter((one) => one.partition === partition).map(({ position }) => position)
      expect(positions).toEqual(Array.from({ length: next }, (_, index) => index))
    }
    const numbers = new Map(producers.map(({ writer }) => [writer, [] as number[][]]))
    for (const { value, partition } of records) {
      const [writer = '', number] = text(value).split('/')
      ;(numbers.get(writer)![partition] ??= []).push(Number(number))
    }
    for (const { writer, appends } of producers) {
      const found = numbers.get(writer)!
      for (const one of found) expect(one).toEqual(one.toSorted((a, b) => a - b))
      const once = new Set(found.flat())
      expect(once.size, `${writer} has nothing twice`).toBe(found.flat().length)
      const acknowledged = appends.filter(({ stored }) => stored)
      const missing = acknowledged.filter(({ from, to }) =>
        Array.from({ length: to - from }, (_, index) => from + index).some((number) => !once.has(number)),
      )
      expect(missing, `${writer} lost what was acknowledged`).toEqual([])
      expect(acknowledged.length).toBeGreaterThan(5)
      // At most the append in hand is there without having been acknowledged.
      const failed = appends.length - acknowledged.length + 1
      expect(once.size).toBeLessThanOrEqual(APPEND_RECORDS * (acknowledged.length + failed))
    }
    return records.length
  }

  describe('under faults', () => {
    it('keeps what was acknowledged, once and in order, when producers are killed and frozen in a write', async () => {
      const at = await scene()
      for (const writer of ['first', 'second', 'third']) {
        const producer = at.produce(writer)
        await at.goesOn(producer)
        await producer.kill()
      }
      const frozen = at.produce('frozen')
      await at.goesOn(frozen)
      frozen.freeze()
      const other = at.produce('other')
      await at.goesOn(other)
      frozen.thaw()
      await at.goesOn(frozen)
      await Promise.all([frozen.kill(), other.kill()])
      expect(await countWhole(at)).toBeGreaterThan(0)
    }, 120_000)

    it('keeps the same when what it runs on is killed and frozen in a write', async () => {
      const at = await scene()
      const [one, two] = [at.produce('one'), at.produce('two')]
      await Promise.all([at.goesOn(one), at.goesOn(two)])
      await server.kill()
      await server.restart()
      await Promise.all([at.goesOn(one), at.goesOn(two)])
      await server.freeze()
      const frozenAt = performance.now()
      await vi.waitFor(() => expect(performance.now() - frozenAt).toBeGreaterThan(SESSION_MS[spec.driver] + 500), WAIT)
      await server.thaw()
      await Promise.all([at.goesOn(one), at.goesOn(two)])
      await Promise.all([one.kill(), two.kill()])
      expect(await countWhole(at)).toBeGreaterThan(0)
    }, 180_000)
  })
}
