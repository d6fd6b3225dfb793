import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY_MS } from '@outcry/contracts'
import { partitionOfBrands, recordLogGap } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { AT, config, target } from '../../test/setting.ts'
import { stepSources } from './source-step.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('tells the targets once that records left the log unread, and once that it is whole again', async () => {
  const { pool } = database
  const settings = config([target('pager', 'https://pager.example/', { pagesOnly: true })])
  const deliveries = async () => {
    const { rows } = await pool.query<{ action: string; reason: string }>(
      `SELECT target, dedup_key AS key, body->>'action' AS action, body->'alarm'->>'reason' AS reason
       FROM outcry.delivery ORDER BY id`,
    )
    return rows
  }
  await partitionOfBrands(pool, ['acme'], 1)
  const gap = { topic: 'mentions', partition: 0, wanted: 5, first: 25, lost: 20, replaced: false, atMs: AT }
  await recordLogGap(pool, gap)
  await stepSources(pool, settings, AT, AT + 1_000)
  await stepSources(pool, settings, AT, AT + 6_000)
  const lost = { action: 'trigger', reason: '20 records left the log before they were counted' }
  expect(await deliveries()).toEqual([{ target: 'pager', key: 'outcry:log:0', ...lost }])
  await stepSources(pool, settings, AT, AT + DAY_MS + 1)
  expect((await deliveries()).map(({ action }) => action)).toEqual(['trigger', 'resolve'])
})
