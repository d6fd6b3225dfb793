import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { saveIssue } from './alerting-state.ts'
import { appendIssueEvents } from './issue-events.ts'
import { upsertMentions } from './mentions.ts'
import { runRetention } from './retention.ts'
import { aMention, anEvent, anIssue, aSuppressed } from './rows-for-tests.ts'
import { saveSuppressed } from './suppressed.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const NOW = 1_800_000_000_000
const keep = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30 }
const count = async (table: string): Promise<number> => {
  const { rows } = await database.pool.query<{ rows: number }>(`SELECT count(*) AS rows FROM outcry.${table}`)
  return rows[0]!.rows
}

describe('retention', () => {
  it('deletes by age in as many steps as it takes, and nothing younger', async () => {
    const at = (id: string, ageDays: number) => ({
      brand: 'acme',
      mention: aMention({ id, eventTime: NOW - ageDays * DAY_MS }),
      complaint: 0,
      lang: 'en',
      clusterId: null,
      issueId: null,
    })
    await upsertMentions(
      database.pool,
      Array.from({ length: 2_500 }, (_, n) => at(`old-${n}`, 31)),
    )
    await upsertMentions(database.pool, [at('young', 29)])
    expect(await runRetention(database.pool, keep, NOW)).toMatchObject({ mention: 2_500 })
    expect(await count('mention')).toBe(1)
    expect(await runRetention(database.pool, keep, NOW)).toMatchObject({ mention: 0 })
  })

  it('forgets suppressed bursts with the mentions of their time', async () => {
    const at = (id: string, ageDays: number) => aSuppressed({ id, at: NOW - ageDays * DAY_MS })
    await saveSuppressed(database.pool, [at('old', 31), at('young', 29)])
    expect(await runRetention(database.pool, keep, NOW)).toMatchObject({ suppressed_burst: 1 })
    expect(await count('suppressed_burst')).toBe(1)
  })

  it('keeps open issues and undecided events however old', async () => {
    const old = NOW - 800 * DAY_MS
    await saveIssue(database.pool, anIssue({ id: 'open', updatedAtMs: old }))
    await saveIssue(database.pool, anIssue({ id: 'done', updatedAtMs: old, state: 'resolved' }))
    await database.pool.transaction((tx) =>
      appendIssueEvents(tx, [anEvent({ id: 'decided' }), anEvent({ id: 'undecided' })]),
    )
    await database.pool.query('UPDATE outcry.issue_event SET stored_at = to_timestamp($1)', [old / 1_000])
    await database.pool.query("UPDATE outcry.brand_alerting SET event_seq = 1 WHERE brand = 'acme'")
    expect(await runRetention(database.pool, keep, NOW)).toMatchObject({ issue: 1, issue_event: 1 })
    const { rows } = await database.pool.query(
      'SELECT id FROM outcry.issue_event UNION ALL SELECT id FROM outcry.issue',
    )
    expect(rows).toEqual([{ id: 'undecided' }, { id: 'open' }])
  })

  it('stops when asked', async () => {
    await expect(runRetention(database.pool, keep, NOW, AbortSignal.abort(new Error('stopping')))).rejects.toThrow(
      'stopping',
    )
  })
})
