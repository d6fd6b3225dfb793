import { emptyPlaybook, MINUTE_MS, type Statement } from '@outcry/contracts'
import { addPlaybookVersion, addStatement } from '@outcry/store'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AT, config, issueEvent, target, tell } from '../../test/setting.ts'
import { applyCommand } from '../apply-command.ts'
import { stepBrand } from './brand-step.ts'
import { stepClock } from './tick-step.ts'

const DESK = config([target('chat', 'https://chat.example')])
const at = (minutes: number): number => AT + minutes * MINUTE_MS

const published = (facts: Statement['facts'], minutes: number): Statement => ({
  id: `st-${minutes}`,
  issueId: 'i1',
  brand: 'acme',
  kind: 'holding',
  language: 'en',
  state: 'published',
  version: 1,
  facts,
  text: 'We are sorry. It is fixed by 14:00.',
  writtenBy: 'kim',
  approvedBy: 'kim',
  createdAt: at(minutes),
  updatedAt: at(minutes),
  publications: [{ channel: 'status page', at: at(minutes), by: 'kim' }],
})

describe('the clocks of the alerter', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await database.pool.query(
      'TRUNCATE outcry.alert, outcry.delivery, outcry.timeline, outcry.issue, outcry.issue_event, outcry.brand_alerting, outcry.statement, outcry.playbook',
    )
    await tell(database.pool, [issueEvent()])
    await stepBrand(database.pool, 'acme', DESK, AT)
  })
  const tick = async (minutes: number) => {
    const { decisions, overdue } = await stepClock(database.pool, DESK, ['acme'], [], at(minutes))
    const said = decisions.flatMap(({ alerts }) => alerts.map(({ reason, clock }) => `${clock?.name} ${reason}`))
    return { said, overdue: overdue.map(({ clock }) => clock) }
  }
  const acknowledge = () => {
    const order = { command: { type: 'acknowledge' }, id: 'c', actor: 'kim', nowMs: at(1) } as const
    return applyCommand(database.pool, DESK, { ...order, issueId: 'i1' })
  }

  it('go by what was published, each once however many alerters look', async () => {
    await acknowledge()
    await addStatement(database.pool, published({ eta: at(60) }, 5))
    expect((await tick(54)).said).toEqual([])
    const looks = await Promise.all([1, 2, 3].map(() => tick(56)))
    expect(looks.flatMap(({ said }) => said)).toEqual(['eta due'])
    expect(await tick(61)).toEqual({ said: ['eta overdue', 'next-update due'], overdue: ['eta'] })
    await addStatement(database.pool, published({ eta: at(180) }, 62))
    expect(await tick(63)).toEqual({ said: [], overdue: [] })
  })

  it('follow a playbook of the database from the next look on', async () => {
    await acknowledge()
    expect((await tick(24)).said).toEqual([])
    const clocks = { firstStatementMs: 20 * MINUTE_MS, resolveMs: null }
    const body = { ...emptyPlaybook('*'), clocks }
    await addPlaybookVersion(database.pool, { issueType: '*', version: 1, body, by: 'ada', at: at(24) })
    expect((await tick(24)).said).toEqual(['first-statement overdue'])
  })
})
