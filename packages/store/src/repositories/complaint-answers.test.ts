import { silentLogger } from '@outcry/runtime'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../migrate.ts'
import { CONVERSATIONS } from './complaint-answers.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('conversations of a few complaints are looked up alone, among all that a brand hears, from the upgrade on', async () => {
  const { pool } = database
  await pool.query('DROP STATISTICS outcry.mention_parent_id')
  await pool.query('DELETE FROM outcry.migration WHERE number IN (20, 21)')
  await pool.query(
    `INSERT INTO outcry.mention (brand, id, source, event_time_ms, author_id, complaint, body)
     SELECT 'acme', 'p' || n, 'forum', n, 'a' || n % 5000, 0.9,
       jsonb_build_object('text', repeat('checkout hangs ', 20))
         || CASE WHEN n % 3 = 0 THEN jsonb_build_object('parentId', 'p' || n / 2) ELSE '{}' END
     FROM generate_series(1, 40000) AS n`,
  )
  await migrate(pool, silentLogger)
  const some = Array.from({ length: 100 }, (_, n) => `p${7 * n + 1}`)
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${CONVERSATIONS}`, ['acme', some])
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('Index Scan using mention_pkey on mention above')
  expect(plan).toContain('Index Scan using mention_parent on mention below')
})
