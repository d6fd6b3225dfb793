import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS, type Statement } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { saveIssue } from './alerting-state.ts'
import { addDrill, markDrillEnded } from './drills.ts'
import { appendIssueEvents } from './issue-events.ts'
import { upsertMentions } from './mentions.ts'
import { addMute } from './mutes.ts'
import { addPlaybookVersion, newestPlaybooks } from './playbooks.ts'
import { runRetention, SWEPT_TABLES } from './retention.ts'
import { aMention, anEvent, anIssue, aSuppressed } from './rows-for-tests.ts'
import { addStatement } from './statements.ts'
import { saveSuppressed } from './suppressed.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const NOW = 1_800_000_000_000
const keep = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, audit: 730 }
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
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ mention: 2_500 })
    expect(await count('mention')).toBe(1)
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ mention: 0 })
  })

  it('forgets suppressed bursts with the mentions of their time', async () => {
    const at = (id: string, ageDays: number) => aSuppressed({ id, at: NOW - ageDays * DAY_MS })
    await saveSuppressed(database.pool, [at('old', 31), at('young', 29)])
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ suppressed_burst: 1 })
    expect(await count('suppressed_burst')).toBe(1)
  })

  it('forgets a drill as long after its end as issues are kept, and none that runs', async () => {
    const begin = async (id: string, brand: string, endedDaysAgo: number | null) => {
      const begunAt = NOW - 900 * DAY_MS
      const ended = { endedBy: null, endedAt: null, report: null }
      const times = { begunAt, playsFrom: begunAt, sentUntil: begunAt }
      await addDrill(database.pool, { id, brand, scenario: 'checkout', seed: 1, begunBy: 'kim', ...times, ...ended })
      const report = { begunAt, until: begunAt, passed: true, issues: [] }
      if (endedDaysAgo === null) return
      await markDrillEnded(database.pool, id, { by: 'kim', at: NOW - endedDaysAgo * DAY_MS, report })
    }
    await begin('old', 'acme', 731)
    await begin('young', 'acme', 729)
    await begin('runs', 'acme', null)
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ drill: 1 })
    expect(await count('drill')).toBe(2)
  })

  it('forgets a mute as long after its end as issues are kept', async () => {
    const at = (id: string, endedDaysAgo: number) => ({
      id,
      brand: 'acme',
      issueId: null,
      issueType: null,
      owner: 'kim',
      reason: 'maintenance',
      createdAt: 1,
      until: NOW - endedDaysAgo * DAY_MS,
    })
    for (const mute of [at('old', 731), at('young', 729), at('on', -1)]) await addMute(database.pool, mute)
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ mute: 1 })
    expect(await count('mute')).toBe(2)
  })

  it('forgets what was said of an issue with the issue, and keeps it while the issue is open', async () => {
    const said = (id: string, issueId: string, ageDays: number): Statement => ({
      id,
      issueId,
      brand: 'acme',
      kind: 'holding',
      language: 'en',
      state: 'published',
      version: 1,
      facts: {},
      text: 'We are sorry. It is fixed by 14:00.',
      writtenBy: 'kim',
      approvedBy: 'lee',
      createdAt: 1,
      updatedAt: NOW - ageDays * DAY_MS,
      publications: [],
    })
    await saveIssue(database.pool, anIssue({ id: 'still-open', updatedAtMs: NOW - 800 * DAY_MS }))
    for (const one of [said('old', 'gone', 731), said('young', 'gone', 729), said('of-open', 'still-open', 800)])
      await addStatement(database.pool, one)
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ statement: 1 })
    expect(await count('statement')).toBe(2)
    await database.pool.query("DELETE FROM outcry.issue WHERE id = 'still-open'")
  })

  it('forgets old versions of a playbook, and never the one that counts', async () => {
    const written = [
      ['checkout', 1, 800],
      ['checkout', 2, 731],
      ['refund', 1, 731],
      ['refund', 2, 729],
    ] as const
    for (const [issueType, version, ageDays] of written)
      await addPlaybookVersion(database.pool, {
        issueType,
        version,
        body: null,
        by: 'kim',
        at: NOW - ageDays * DAY_MS,
      })
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ playbook: 2 })
    expect((await newestPlaybooks(database.pool)).map(({ version }) => version)).toEqual([2, 2])
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
    expect((await runRetention(database.pool, keep, NOW)).deleted).toMatchObject({ issue: 1, issue_event: 1 })
    const { rows } = await database.pool.query(
      'SELECT id FROM outcry.issue_event UNION ALL SELECT id FROM outcry.issue',
    )
    expect(rows).toEqual([{ id: 'undecided' }, { id: 'open' }])
  })

  it('keeps the story of an open issue however old, and lets that of a closed one go', async () => {
    const { pool } = database
    const old = NOW - 800 * DAY_MS
    for (const [id, state] of [
      ['burning', 'open'],
      ['over', 'resolved'],
    ] as const) {
      await saveIssue(pool, anIssue({ id, updatedAtMs: NOW, state }))
      const at = [id, old / 1_000]
      await pool.query(
        `INSERT INTO outcry.timeline (id, issue_id, brand, at, kind, actor, body)
         VALUES ('t-' || $1, $1, 'acme', to_timestamp($2), 'note', 'x', '{}')`,
        at,
      )
      await pool.query(
        `INSERT INTO outcry.alert (seq, id, issue_id, brand, kind, page, at_ms, body, stored_at)
         VALUES ((SELECT count(*) + 1 FROM outcry.alert), 'a-' || $1, $1, 'acme', 'opened', true, 1, '{}', to_timestamp($2))`,
        at,
      )
    }
    expect((await runRetention(pool, keep, NOW)).deleted).toMatchObject({ timeline: 1, alert: 1 })
    const { rows } = await pool.query(
      'SELECT issue_id AS id FROM outcry.timeline UNION SELECT issue_id FROM outcry.alert',
    )
    expect(rows).toEqual([{ id: 'burning' }])
  })

  it('keeps a move of a brand while the log may hold records from before it, and one that is under way however old', async () => {
    const { pool } = database
    await pool.query(
      `INSERT INTO outcry.brand_move (id, brand, from_partition, to_partition, state, started_at, done_at)
       SELECT id, id, 0, 1, state, to_timestamp(0), CASE state WHEN 'done' THEN to_timestamp($1 - days * 86400.0) END
       FROM (VALUES ('old', 'done', $2 + 2), ('fresh', 'done', $2), ('under-way', 'started', 0)) AS move (id, state, days)`,
      [NOW / 1_000, keep.bus],
    )
    expect((await runRetention(pool, keep, NOW)).deleted).toMatchObject({ brand_move: 1 })
    const { rows } = await pool.query('SELECT id FROM outcry.brand_move ORDER BY id')
    expect(rows).toEqual([{ id: 'fresh' }, { id: 'under-way' }])
  })

  it('does a bounded part of the work in one sweep, and says that there is more', async () => {
    const { pool } = database
    await pool.query(
      `INSERT INTO outcry.push_seen (source, id, seen_at)
       SELECT 'shop', n::text, to_timestamp($1) FROM generate_series(1, 3500) AS n`,
      [(NOW - 3 * DAY_MS) / 1_000],
    )
    expect(await runRetention(pool, keep, NOW, { maxRows: 2_000 })).toMatchObject({
      deleted: { push_seen: 2_000 },
      more: true,
    })
    expect(await runRetention(pool, keep, NOW)).toMatchObject({ deleted: { push_seen: 1_500 }, more: false })
  })

  it('knows every table: it is swept, or bounded by what is configured, open or held by processes', async () => {
    const bounded = {
      configured: ['brand_partition', 'brand_snapshot', 'brand_alerting', 'cluster', 'partition_state', 'source_state'],
      ofTheBus: ['bus_record', 'bus_partition', 'bus_lease', 'bus_member'],
      constant: ['format', 'head', 'installation', 'migration'],
      // Sessions are bounded in number where they are made.
      ofProcessesAndBrowsers: ['ingest_member', 'session'],
    }
    const { rows } = await database.pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'outcry'",
    )
    const known = [...SWEPT_TABLES, ...Object.values(bounded).flat()]
    expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted())
  })

  it('stops when asked', async () => {
    await expect(
      runRetention(database.pool, keep, NOW, { signal: AbortSignal.abort(new Error('stopping')) }),
    ).rejects.toThrow('stopping')
  })
})
