import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import type { SqlPool } from '@outcry/contracts'
import { addDrill, markDrillEnded } from '@outcry/store'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AT, config, decided, issueEvent, story, target, tell } from '../../test/setting.ts'
import { applyCommand } from '../apply-command.ts'
import { stepBrand } from './brand-step.ts'

const NOW = AT + 90_000_000
const settings = config([
  target('one', 'https://one.example'),
  target('two', 'https://two.example', { pagesOnly: true }),
])

/** A pool whose process dies at the `n`-th statement from now: the transaction is lost, and so is the process. */
const dyingAt = (pool: SqlPool, n: number): SqlPool => {
  let left = n
  const live = (sql: Pick<SqlPool, 'query'>): Pick<SqlPool, 'query'> => ({
    query: (text, values) => {
      if (left-- <= 0) return Promise.reject(new Error('killed'))
      return sql.query(text, values)
    },
  })
  return { ...pool, ...live(pool), transaction: (work) => pool.transaction((tx) => work(live(tx))) }
}

describe('a step of a brand', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await database.pool.query(
      'TRUNCATE outcry.alert, outcry.delivery, outcry.timeline, outcry.issue, outcry.issue_event, outcry.brand_alerting, outcry.command',
    )
    await tell(database.pool, story())
  })
  const step = (pool: SqlPool) => stepBrand(pool, 'acme', settings, NOW)

  it('stores issues, alerts in order, deliveries, timeline and position together', async () => {
    await step(database.pool)
    const { alerts, deliveries, issues, brands } = await decided(database.pool)
    expect(alerts.map((row) => (row['body'] as { kind: string; reason: string }).reason)).toEqual([
      'burst',
      'burst',
      'severity',
      'merged',
      'calm',
      'active',
      'person',
      'reopened',
    ])
    // The second issue is held: the target that gets only pages hears of the first alone.
    const told = (name: string) => deliveries.filter((row) => row['target'] === name)
    expect([told('one').length, told('two').length]).toEqual([8, 6])
    expect(issues).toMatchObject([
      { id: 'i1', state: 'open', severity: 'crisis' },
      { id: 'i2', state: 'merged' },
    ])
    const newest = await database.pool.query<{ seq: number }>('SELECT max(seq) AS seq FROM outcry.issue_event')
    expect(brands).toMatchObject([{ event_seq: newest.rows[0]!.seq }])
  })

  it('reads the state of a brand that an older release stored', async () => {
    const pages = [1, 2, 3].map((n) => ({ at: NOW - n, issueId: `old${n}` }))
    await database.pool.query('UPDATE outcry.brand_alerting SET body = $1', [JSON.stringify({ pages })])
    await step(database.pool)
    const { alerts, brands } = await decided(database.pool)
    expect(alerts[0]).toMatchObject({ body: { kind: 'opened', page: false } })
    expect(brands[0]).toMatchObject({ body: { pages, since: NOW, asked: [{ issueId: 'i1' }, { issueId: 'i2' }] } })
  })

  it('killed at any statement and done again, decides the same under the same ids', async () => {
    await step(database.pool)
    const undisturbed = await decided(database.pool)
    let kills = 0
    for (let at = 0; ; at += 1) {
      await database.pool.query(
        'TRUNCATE outcry.alert, outcry.delivery, outcry.timeline, outcry.issue, outcry.brand_alerting, outcry.command',
      )
      const outcome = await step(dyingAt(database.pool, at)).then(
        () => 'done',
        (error: Error) => error.message,
      )
      if (outcome === 'done') break
      kills += 1
      expect(outcome).toBe('killed')
      expect((await decided(database.pool)).alerts).toEqual([])
      await step(database.pool)
      expect(await decided(database.pool)).toEqual(undisturbed)
    }
    expect(kills).toBeGreaterThan(5)
  })

  it('decides nothing of a drill that has ended, whose issue is gone, and does not read it again', async () => {
    const { pool } = database
    const drill = { id: 'checkout-1', brand: 'acme', scenario: 'checkout', seed: 1, begunBy: 'kim', begunAt: AT }
    const times = { playsFrom: AT, sentUntil: AT, endedBy: null, endedAt: null, report: null }
    await addDrill(pool, { ...drill, ...times })
    const brand = 'acme#drill-checkout-1'
    const loud = config([target('pager', 'https://pager.example', { drills: true })])
    const ofDrill = async () => {
      await stepBrand(pool, brand, loud, NOW)
      const { alerts, deliveries, issues, brands } = await decided(pool)
      const position = brands.find((row) => row['brand'] === brand)?.['event_seq']
      return [alerts.length, deliveries.length, issues.length, position]
    }
    const seq = async () => (await pool.query('SELECT max(seq) AS seq FROM outcry.issue_event')).rows[0]!['seq']
    await tell(pool, [issueEvent({ brand, issueId: 'd1', severity: 'crisis' })])
    expect(await ofDrill()).toEqual([1, 1, 1, await seq()])

    await markDrillEnded(pool, drill.id, {
      by: 'kim',
      at: AT,
      report: { begunAt: AT, until: AT, passed: true, issues: [] },
    })
    for (const table of ['delivery', 'alert', 'issue', 'brand_alerting'])
      await pool.query(`DELETE FROM outcry.${table} WHERE brand = $1`, [brand])
    await tell(pool, [
      issueEvent({ brand, issueId: 'd1', kind: 'grew', severity: 'crisis', at: AT + 2 }, { authors: 80 }),
    ])
    expect(await ofDrill()).toEqual([0, 0, 0, await seq()])
  })

  it('asks the posts for their language where a route goes by it', async () => {
    const mention = { id: 'push:1', source: 'push', eventTime: AT }
    await database.pool.query(
      `INSERT INTO outcry.mention (brand, id, source, event_time_ms, complaint, lang, body)
       VALUES ('acme', 'push:1', 'push', $1, 0.9, 'en', $2)`,
      [AT, JSON.stringify(mention)],
    )
    const spoken = config([
      target('berlin', 'https://de.example', { languages: ['de'] }),
      target('london', 'https://uk.example', { languages: ['en', 'cy'] }),
    ])
    await stepBrand(database.pool, 'acme', spoken, NOW)
    const { deliveries, issues } = await decided(database.pool)
    expect(new Set(deliveries.map((row) => row['target']))).toEqual(new Set(['london']))
    expect(issues[0]).toMatchObject({ body: { languages: ['en'] } })
    await database.pool.query('TRUNCATE outcry.mention')
  })

  it('decides each event once, however many do it at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => step(database.pool)))
    const { alerts } = await decided(database.pool)
    expect(alerts).toHaveLength(8)
  })

  it('gives way to a command and the other way round: each sees what the other did', async () => {
    const order = (id: string) =>
      applyCommand(database.pool, settings, {
        issueId: 'i1',
        command: { type: 'resolve' },
        id,
        actor: 'kim',
        nowMs: NOW,
      })
    expect(await order('c0')).toEqual({ outcome: 'unknown' })
    await step(database.pool)
    const results = await Promise.all(['c1', 'c2', 'c3'].map(order))
    expect(results.map((result) => result.outcome).sort()).toEqual(['applied', 'unchanged', 'unchanged'])
    const { commands, issues } = await decided(database.pool)
    expect(issues[0]).toMatchObject({ state: 'resolved' })
    expect(commands).toMatchObject([{ brand: 'acme', issue_id: 'i1', body: { type: 'resolve', issueId: 'i1' } }])
  })
})
