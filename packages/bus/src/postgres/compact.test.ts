import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { compactTopic } from './compact.ts'

const RECORDS = 20_000
const TOPIC = 'outgrown'
let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

/** Entries of the log's indexes that were read so far, once the database has counted them all. */
const entriesRead = async (): Promise<number> => {
  const count = async () => {
    await database.pool.query('SELECT pg_stat_force_next_flush()')
    const { rows } = await database.pool.query<{ read: number }>(
      `SELECT sum(idx_tup_read)::bigint AS read FROM pg_stat_user_indexes WHERE relname = 'bus_record'`,
    )
    return rows[0]!.read
  }
  let last = -1
  await vi.waitFor(async () => {
    const before = last
    last = await count()
    expect(last).toBe(before)
  })
  return last
}

it('looks at each key alone, though the log has outgrown its statistics', async () => {
  const { pool } = database
  await pool.query('ALTER TABLE outcry.bus_record SET (autovacuum_enabled = off)')
  await pool.query('INSERT INTO outcry.bus_partition (topic, partition, next_position) VALUES ($1, 0, $2)', [
    TOPIC,
    RECORDS,
  ])
  // Each key comes twice: the first half of the log is what the second half replaces.
  await pool.query(
    `INSERT INTO outcry.bus_record (topic, partition, position, key, value, appended_at)
     SELECT $1, 0, n, convert_to('key ' || n % $2, 'UTF8'), repeat('x', 300)::bytea, 'epoch'
     FROM generate_series(0, 2 * $2::int - 1) AS n`,
    [TOPIC, RECORDS / 2],
  )
  const before = await entriesRead()
  expect(await compactTopic(pool, TOPIC, 1_000, Date.now())).toBe(RECORDS / 2)
  const { rows } = await pool.query<{ first: number; left: number }>(
    'SELECT min(position)::int AS first, count(*)::int AS left FROM outcry.bus_record WHERE topic = $1',
    [TOPIC],
  )
  expect(rows).toEqual([{ first: RECORDS / 2, left: RECORDS / 2 }])
  // A few for each record; the partition once for each step of a thousand would be ten times as many.
  expect((await entriesRead()) - before).toBeLessThan(RECORDS * 8)
})
