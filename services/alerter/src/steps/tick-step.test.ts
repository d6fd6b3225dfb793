import { type Config, emptyPlaybook } from '@outcry/contracts'
import { addMute, endMute, saveKnownEvent } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AT, config, issueEvent, target, tell } from '../../test/setting.ts'
import { applyCommand } from '../apply-command.ts'
import { stepBrand } from './brand-step.ts'
import { stepClock } from './tick-step.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const night = {
  days: ['mon' as const],
  // 09:00 UTC is when the story begins.
  from: '08:00',
  to: '11:00',
  timeZone: 'UTC',
}
const lead = { minSeverity: 'incident' as const, steps: [{ afterMs: 5 * MINUTE_MS, targets: ['lead'] }] }
const acknowledgeOnly = { ...emptyPlaybook('*'), clocks: { firstStatementMs: null, remindBeforeMs: null } }
const settings = (alerting: Partial<Config['alerting']>) =>
  config(
    [
      target('pager', 'https://pager.example', { pagesOnly: true }),
      target('lead', 'https://lead.example', { escalationOnly: true }),
    ],
    {
      alerting: { ...config([]).alerting, ...alerting },
      response: { ...config([]).response, playbooks: [acknowledgeOnly] },
    },
  )

describe('the clock of the alerter', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await database.pool.query(
      'TRUNCATE outcry.alert, outcry.delivery, outcry.timeline, outcry.issue, outcry.issue_event, outcry.brand_alerting, outcry.mute, outcry.known_event',
    )
    await tell(database.pool, [issueEvent()])
  })
  const tick = (given: Config, nowMs: number) => stepClock(database.pool, given, ['acme'], [], nowMs)
  const targets = async () => {
    const { rows } = await database.pool.query<{ target: string }>(
      'SELECT target FROM outcry.delivery ORDER BY alert_seq, target',
    )
    return rows.map((row) => row.target)
  }

  it('sends in the morning what waited, once, however many alerters there are', async () => {
    const quiet = settings({ quietHours: [night] })
    await stepBrand(database.pool, 'acme', quiet, AT)
    await tick(quiet, AT + HOUR_MS)
    expect(await targets()).toEqual([])
    await Promise.all([1, 2, 3].map(() => tick(quiet, AT + 2 * HOUR_MS)))
    expect(await targets()).toEqual(['pager'])
    const { rows } = await database.pool.query('SELECT kind FROM outcry.timeline ORDER BY at, seq')
    expect(rows).toEqual([{ kind: 'opened' }, { kind: 'released' }])
  })

  it('goes on with the other brands where one fails, and tells of it', async () => {
    const quiet = settings({ quietHours: [night] })
    await tell(database.pool, [issueEvent({ brand: 'globex', issueId: 'g' })])
    for (const brand of ['acme', 'globex']) await stepBrand(database.pool, brand, quiet, AT)
    await database.pool.query(`UPDATE outcry.issue SET body = body - 'evidence' WHERE brand = 'acme'`)
    const { failures } = await stepClock(database.pool, quiet, ['acme', 'globex'], [], AT + 2 * HOUR_MS)
    expect(failures).toHaveLength(1)
    expect(await targets()).toEqual(['pager'])
  })

  it('holds what a person muted until the mute is over or ended', async () => {
    const plain = settings({})
    const mute = { brand: 'acme', issueId: null, issueType: null, owner: 'kim', reason: 'known', createdAt: AT }
    await addMute(database.pool, { ...mute, id: 'm', until: AT + 24 * HOUR_MS })
    await stepBrand(database.pool, 'acme', plain, AT)
    await tick(plain, AT + HOUR_MS)
    expect(await targets()).toEqual([])
    await endMute(database.pool, 'm', AT + HOUR_MS)
    await tick(plain, AT + HOUR_MS)
    expect(await targets()).toEqual(['pager'])
  })

  it('holds the page of an incident while a planned event is on, and asks for it once when that is over', async () => {
    const plain = settings({})
    const told = { title: 'maintenance', url: null, externalId: null, issueTypes: null, postedBy: 'kim', createdAt: AT }
    const until = AT + 2 * HOUR_MS
    await database.pool.query('TRUNCATE outcry.issue_event')
    await tell(database.pool, [issueEvent({ severity: 'incident' })])
    await saveKnownEvent(database.pool, { ...told, id: 'e', kind: 'planned', brands: ['acme'], at: AT - 1, until })
    await stepBrand(database.pool, 'acme', plain, AT)
    await tick(plain, AT + HOUR_MS)
    expect(await targets()).toEqual([])
    await Promise.all([1, 2, 3].map(() => tick(plain, until)))
    expect(await targets()).toEqual(['pager'])
    const { rows } = await database.pool.query('SELECT body FROM outcry.timeline ORDER BY at, seq')
    expect(rows).toMatchObject([
      { body: { page: false, pageReason: expect.stringContaining("held: planned event 'maintenance' until ") } },
      { body: { page: true, reason: 'event-over' } },
    ])
  })

  it('escalates what nobody acknowledged, also when the alerter slept meanwhile, and not what somebody did', async () => {
    const chained = settings({ escalation: [lead] })
    await stepBrand(database.pool, 'acme', chained, AT)
    await Promise.all([1, 2].map(() => tick(chained, AT + 3 * HOUR_MS)))
    expect(await targets()).toEqual(['pager', 'lead', 'pager'])
    await tell(database.pool, [issueEvent({ issueId: 'i2', at: AT + 1 })])
    await stepBrand(database.pool, 'acme', chained, AT + 4 * HOUR_MS)
    const order = { command: { type: 'acknowledge' }, id: 'c', actor: 'kim', nowMs: AT + 4 * HOUR_MS } as const
    await applyCommand(database.pool, chained, { ...order, issueId: 'i2' })
    const before = await targets()
    await tick(chained, AT + 5 * HOUR_MS)
    expect(await targets()).toEqual(before)
  })
})
