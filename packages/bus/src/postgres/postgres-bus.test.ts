import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { type Clock, silentLogger, systemClock } from '@outcry/runtime'
import { busCompliance, COMPLIANCE_MAX_RECORD_BYTES } from '../../test/bus-compliance.ts'
import { SESSION_MS } from '../../test/connect-member.ts'
import { createPositions, createRecordingHandler } from '../../test/recording-handler.ts'
import { createPostgresBus } from './postgres-bus.ts'
import { trimTopic } from './trim.ts'

const HOUR_MS = 3_600_000

describe('PostgreSQL bus', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  const connect = () =>
    createPostgresBus({
      pool: database.pool,
      clock: systemClock,
      logger: silentLogger,
      maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES,
      leaseMs: SESSION_MS.postgres,
      trimEveryMs: 500,
    })

  busCompliance({
    revokesFirst: true,
    sessionMs: SESSION_MS.postgres,
    connect,
    member: (topic, group) => ({ driver: 'postgres', url: database.url, topic, group }),
    forget: async (topic, partition, below) => {
      await database.pool.query(
        `UPDATE outcry.bus_record SET appended_at = 'epoch' WHERE topic = $1 AND partition = $2 AND position < $3`,
        [topic, partition, below],
      )
      await trimTopic(database.pool, topic, HOUR_MS, Date.now())
    },
  })

  const record = (value: string) => ({ partition: 0, key: null, value: new TextEncoder().encode(value) })
  const spec = (name: string) => ({ name, partitions: 1, retentionMs: HOUR_MS, maxRecordBytes: 1_000 })

  it('shows no record before all earlier ones of its partition, though the earlier writer commits last', async () => {
    const bus = connect()
    await bus.ensureTopics([spec('late-commit')])
    let commit = () => {}
    const held = new Promise<void>((resolve) => (commit = resolve))
    let took = () => {}
    const taken = new Promise<void>((resolve) => (took = resolve))
    const earlier = database.pool.transaction(async (tx) => {
      const next = await tx.query<{ position: number }>(
        `UPDATE outcry.bus_partition SET next_position = next_position + 1 WHERE topic = 'late-commit'
         RETURNING next_position - 1 AS position`,
      )
      await tx.query(
        `INSERT INTO outcry.bus_record (topic, partition, position, value) VALUES ('late-commit', 0, $1, 'x')`,
        [next.rows[0]!.position],
      )
      took()
      await held
    })
    await taken
    let done = false
    const later = bus.append('late-commit', [record('second')]).then((places) => {
      done = true
      return places
    })
    // A round trip of another append shows that the later one had its chance.
    await bus.ensureTopics([spec('beside')])
    await bus.append('beside', [record('x')])
    expect(done).toBe(false)
    expect(await bus.bounds('late-commit', 0)).toEqual({ first: 0, next: 0 })
    commit()
    await earlier
    expect(await later).toEqual([{ partition: 0, position: 1 }])
    await bus.close()
  })

  it('keeps what nobody has read where the clock of a machine jumps ahead by a month', async () => {
    let slept = 0
    const ahead: Clock = {
      now: () => Date.now() + 30 * 24 * HOUR_MS,
      sleep: (_, signal) => systemClock.sleep(20, signal).finally(() => (slept += 1)),
    }
    const base = { pool: database.pool, logger: silentLogger, maxRecordBytes: COMPLIANCE_MAX_RECORD_BYTES }
    const bus = createPostgresBus({ ...base, clock: ahead, leaseMs: 2_000 })
    await bus.ensureTopics([{ ...spec('jumped'), compact: { afterMs: HOUR_MS, withinMs: 2 * HOUR_MS } }])
    const keyed = { ...record('a'), key: 'k' }
    await bus.append('jumped', [keyed, keyed])
    const before = slept
    await vi.waitFor(() => expect(slept).toBeGreaterThan(before + 3))
    expect(await bus.bounds('jumped', 0)).toEqual({ first: 0, next: 2 })
    await bus.close()
    const { rows } = await database.pool.query("SELECT count(*) AS n FROM outcry.bus_record WHERE topic = 'jumped'")
    expect(rows).toEqual([{ n: 2 }])
  })

  it('deletes what is past its retention in steps, keeps the rest, and says how much went', async () => {
    const bus = connect()
    await bus.ensureTopics([spec('trimmed')])
    await bus.append(
      'trimmed',
      Array.from({ length: 2_500 }, (_, index) => record(`${index}`)),
    )
    await database.pool.query(
      `UPDATE outcry.bus_record SET appended_at = appended_at - interval '2 hours'
       WHERE topic = 'trimmed' AND position < 2100`,
    )
    expect(await trimTopic(database.pool, 'trimmed', HOUR_MS, Date.now())).toBe(2_100)
    expect(await bus.bounds('trimmed', 0)).toEqual({ first: 2_100, next: 2_500 })
    expect(await trimTopic(database.pool, 'trimmed', HOUR_MS, Date.now())).toBe(0)
    await bus.close()
  })

  it('reads on behind a hole that is wider than what it reads at a time', async () => {
    const bus = connect()
    await bus.ensureTopics([spec('holed')])
    await bus.append(
      'holed',
      Array.from({ length: 150 }, (_, index) => record(`${index}`)),
    )
    await database.pool.query(
      "DELETE FROM outcry.bus_record WHERE topic = 'holed' AND (position BETWEEN 30 AND 139 OR position = 20)",
    )
    const { values, ...handler } = createRecordingHandler('reader', createPositions(), [])
    const consumer = await bus.consume({ topic: 'holed', group: 'holed', handler, maxBatchRecords: 10 })
    const there = Array.from({ length: 150 }, (_, index) => index).filter((n) => n !== 20 && (n < 30 || n > 139))
    await vi.waitFor(() => expect(values.map(Number)).toEqual(there))
    await consumer.stop()
    await bus.close()
  })

  it('names the database and the fix when it does not answer', async () => {
    const refuse = () => Promise.reject(new Error('connect ECONNREFUSED'))
    const bus = createPostgresBus({
      pool: { query: refuse, transaction: refuse, listen: refuse },
      clock: systemClock,
      logger: silentLogger,
      maxRecordBytes: 1_000,
    })
    const unreachable = { code: 'BUS_UNREACHABLE', fix: expect.stringContaining('database.url') }
    await expect(bus.check()).rejects.toMatchObject(unreachable)
    await expect(bus.append('mentions', [record('x')])).rejects.toMatchObject(unreachable)
    await bus.close()
  })
})
