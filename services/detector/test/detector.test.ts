import { afterEach, describe, expect, it, vi } from 'vitest'
import { DEAD_LETTERS_TOPIC, MENTIONS_TOPIC } from '@outcry/bus'
import { createPartitionEngine } from '@outcry/engine'
import { takePartition } from '@outcry/store'
import { kafkaAvailable } from '@outcry/testkit'
import {
  createInstallation,
  createTestDetector,
  dyingPool,
  type Installation,
  outcome,
  PARTITIONS,
  storedPositions,
  toAppend,
} from './fixture.ts'
import { madeRecords, mentionRecord } from './made-stream.ts'

const WAIT = { timeout: 60_000, interval: 50 }
const streams = [madeRecords('acme'), madeRecords('globex')]
const ends = streams.map((records) => records.length - 1)

const opened: Installation[] = []
const install = async (driver: 'postgres' | 'kafka' = 'postgres') => {
  const installation = await createInstallation(driver)
  opened.push(installation)
  return installation
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((installation) => installation.close()))
})

const appendAll = (at: Installation) =>
  at.bus.append(
    MENTIONS_TOPIC,
    streams.flatMap((records, partition) => toAppend(records, partition)),
  )
const untilStored = (at: Installation, positions: number[]) =>
  vi.waitFor(async () => expect(await storedPositions(at.database.pool)).toEqual(positions), WAIT)

const runUndisturbed = async (driver: 'postgres' | 'kafka') => {
  const at = await install(driver)
  await appendAll(at)
  const detector = createTestDetector(at)
  await detector.start()
  await untilStored(at, ends)
  await detector.stop()
  return outcome(at.database.pool)
}

describe.each(['postgres', 'kafka'] as const)('the detector on %s', (driver) => {
  it.skipIf(driver === 'kafka' && !kafkaAvailable())(
    'states the same facts when it is killed again and again as when it is left alone',
    async () => {
      const undisturbed = await runUndisturbed(driver)
      expect(undisturbed.events.map((event) => event['kind'])).toContain('opened')
      expect(undisturbed.mentions).toHaveLength(2 * 139)

      const at = await install(driver)
      await appendAll(at)
      const deaths = [
        [1, 'before'],
        [3, 'after'],
        [4, 'before'],
        [6, 'after'],
        [2, 'after'],
      ] as const
      for (const [dieAt, when] of deaths) {
        const pool = dyingPool(at.database.pool, dieAt, when)
        const detector = createTestDetector(at, { pool })
        await detector.start()
        await vi.waitFor(() => expect(pool.dead()).toBe(true), WAIT)
        await detector.stop()
      }
      const last = createTestDetector(at)
      await last.start()
      await untilStored(at, ends)
      await last.stop()
      expect(await outcome(at.database.pool)).toEqual(undisturbed)
    },
    180_000,
  )
})

describe('the detector', () => {
  it('sends what it cannot read to the dead letters with the reason, and goes on', async () => {
    const at = await install()
    const bad = { partition: 0, key: null, value: new TextEncoder().encode('{"v":1,"kind":"nonsense"}') }
    const records = toAppend(streams[0]!, 0)
    await at.bus.append(MENTIONS_TOPIC, [...records.slice(0, 10), bad, ...records.slice(10)])
    const detector = createTestDetector(at)
    await detector.start()
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(records.length), WAIT)
    await detector.stop()
    expect(await at.bus.bounds(DEAD_LETTERS_TOPIC, 0)).toEqual({ first: 0, next: 1 })
    expect((await outcome(at.database.pool)).events.length).toBeGreaterThan(0)
    expect((await at.metrics.expose()).body).toContain(
      'outcry_dead_letters_total{stage="detector",reason="undecodable"} 1',
    )
  })

  it('rebuilds without a record the engine fails on, and keeps the record as a dead letter', async () => {
    const at = await install()
    await appendAll(at)
    const detector = createTestDetector(at, {
      createEngine: (idKey) => {
        const engine = createPartitionEngine({ idKey })
        return {
          ...engine,
          apply: (position, appendedAtMs, record) => {
            if (record.kind === 'mention' && record.mention.id === 'acme-quiet-30') throw new Error('no such word')
            return engine.apply(position, appendedAtMs, record)
          },
        }
      },
    })
    await detector.start()
    await untilStored(at, ends)
    await vi.waitFor(() => expect(detector.ready!()).toEqual({ ready: true, reason: 'running' }), WAIT)
    await detector.stop()
    expect(await at.bus.bounds(DEAD_LETTERS_TOPIC, 0)).toEqual({ first: 0, next: 1 })
    const { mentions } = await outcome(at.database.pool)
    expect(mentions.map((row) => row['id'])).not.toContain('acme-quiet-30')
    expect(mentions).toHaveLength(2 * 139 - 1)
  })

  it('writes nothing in an epoch that has passed, and goes on in its own', async () => {
    const at = await install()
    const detector = createTestDetector(at)
    await detector.start()
    const halves = streams.map((records) => Math.floor(records.length / 2))
    const append = (from: number[], to: number[]) =>
      at.bus.append(
        MENTIONS_TOPIC,
        streams.flatMap((records, partition) => toAppend(records.slice(from[partition], to[partition]), partition)),
      )
    await append([0, 0], halves)
    await untilStored(
      at,
      halves.map((half) => half - 1),
    )
    for (let partition = 0; partition < PARTITIONS; partition += 1) {
      await takePartition(at.database.pool, { consumer: 'detector', topic: MENTIONS_TOPIC, partition, owner: 'thief' })
    }
    await append(
      halves,
      streams.map((records) => records.length),
    )
    await untilStored(at, ends)
    await detector.stop()
    expect(await outcome(at.database.pool)).toEqual(await runUndisturbed('postgres'))
  })

  it('is not ready while its database is away, and loses nothing', async () => {
    const at = await install()
    const { pool } = at.database
    let away = false
    const refuse = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))
    const detector = createTestDetector(at, {
      pool: {
        query: (text, values) => (away ? refuse() : pool.query(text, values)),
        transaction: (work) => (away ? refuse() : pool.transaction(work)),
        listen: (channel, onNotify) => pool.listen(channel, onNotify),
      },
    })
    await detector.start()
    await vi.waitFor(async () => expect(await storedPositions(pool)).toHaveLength(PARTITIONS), WAIT)
    away = true
    await appendAll(at)
    await vi.waitFor(() => expect(detector.ready!()).toMatchObject({ ready: false, reason: expect.any(String) }), WAIT)
    away = false
    await untilStored(at, ends)
    await vi.waitFor(() => expect(detector.ready!().ready).toBe(true), WAIT)
    await detector.stop()
    expect(await outcome(pool)).toEqual(await runUndisturbed('postgres'))
  })

  it('reports records that left the log unread, and goes on behind the gap', async () => {
    const at = await install()
    await appendAll(at)
    await at.database.pool.query(
      `INSERT INTO outcry.partition_state (consumer, topic, partition, position) VALUES ('detector', 'mentions', 0, 9)`,
    )
    await at.database.pool.query(
      `UPDATE outcry.bus_partition SET first_position = 30 WHERE topic = 'mentions' AND partition = 0`,
    )
    const errors: object[] = []
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (fields: object) => errors.push(fields),
      child: () => logger,
    }
    const detector = createTestDetector(at, { logger })
    await detector.start()
    await untilStored(at, ends)
    await detector.stop()
    expect(errors).toMatchObject([{ partition: 0, wanted: 10, first: 30, lost: 20 }])
  })

  it('keeps its state and starts over in a log that is shorter than what it had read', async () => {
    const at = await install()
    await at.bus.append(MENTIONS_TOPIC, toAppend(streams[0]!.slice(0, 50), 0))
    await at.database.pool.query(
      `INSERT INTO outcry.partition_state (consumer, topic, partition, position) VALUES ('detector', 'mentions', 0, 900)`,
    )
    const detector = createTestDetector(at)
    await detector.start()
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(49), WAIT)
    await detector.stop()
    expect((await outcome(at.database.pool)).mentions.length).toBeGreaterThan(0)
  })

  it('does not read again what its last snapshot holds', async () => {
    const at = await install()
    await appendAll(at)
    const first = createTestDetector(at)
    await first.start()
    await untilStored(at, ends)
    await first.stop()
    const applied: number[] = []
    const second = createTestDetector(at, {
      createEngine: (idKey) => {
        const engine = createPartitionEngine({ idKey })
        return {
          ...engine,
          apply: (position, appendedAtMs, record) => {
            applied.push(position)
            return engine.apply(position, appendedAtMs, record)
          },
        }
      },
    })
    await second.start()
    const last = streams[0]!.length
    await at.bus.append(MENTIONS_TOPIC, toAppend([mentionRecord('acme', 'new', Date.now(), 'checkout hangs')], 0))
    await vi.waitFor(async () => expect((await storedPositions(at.database.pool))[0]).toBe(last), WAIT)
    await second.stop()
    expect(applied).toEqual([last])
  })

  it('can be stopped twice, before it started, and while it starts', async () => {
    const at = await install()
    await createTestDetector(at).stop()
    const detector = createTestDetector(at)
    const starting = detector.start()
    await Promise.all([detector.stop(), detector.stop(), starting])
    await detector.stop()
    expect(detector.ready!().ready).toBe(true)
  })
})
