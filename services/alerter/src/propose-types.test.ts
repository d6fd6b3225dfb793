import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { emptyPlaybook, type Evidence, type IssueEvent } from '@outcry/contracts'
import { addPlaybookVersion } from '@outcry/store'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AT, config, issueEvent, target, tell } from '../test/setting.ts'
import { applyCommand } from './apply-command.ts'
import { stepBrand } from './steps/brand-step.ts'
import { loadView } from './stored-views.ts'

const settings = config([target('refunds', 'https://one.example', { issueTypes: ['delivery'] })], {
  detection: {
    resolveAfterCalmMs: 86_400_000,
    reorderMs: 60_000,
    issueTypes: [{ id: 'loyalty', label: 'Points are lost', terms: ['bonus points'], examples: [] }],
  } as never,
})

describe('the type of an issue', () => {
  let database: TestDatabase
  beforeAll(async () => void (database = await createTestDatabase()))
  afterAll(() => database.drop())
  beforeEach(() =>
    database.pool.query(
      'TRUNCATE outcry.alert, outcry.delivery, outcry.timeline, outcry.issue, outcry.issue_event, outcry.brand_alerting, outcry.playbook',
    ),
  )

  const opens = async (issueId: string, words: Partial<Evidence>, changes: Partial<IssueEvent> = {}) => {
    await tell(database.pool, [issueEvent({ issueId, ...changes }, { exemplars: [], ...words })])
    await stepBrand(database.pool, changes.brand ?? 'acme', settings, AT)
    return (await loadView(database.pool, issueId))!
  }
  const retype = (issueId: string, issueType: string | null, teaches = true) =>
    applyCommand(database.pool, settings, {
      issueId,
      command: { type: 'retype', issueType, label: issueType, teaches },
      id: `c-${issueId}-${String(issueType)}-${teaches}`,
      actor: 'kim',
      nowMs: AT,
    })
  const PARCEL = { label: 'Parcel marked delivered; never arrived', terms: ['parcel', 'delivered', 'arrived'] }
  const LIKE_IT = { label: 'Delivered parcels never arrive', terms: ['parcels', 'arrive', 'neighbour'] }

  it('is what people called an earlier issue in similar words, said with the reason, and routed by', async () => {
    const first = await opens('i1', { ...PARCEL, issueType: 'login' })
    expect(first.type).toMatchObject({ id: 'login', by: null, reason: expect.stringContaining('counted as') })
    expect(await retype('i1', 'delivery')).toMatchObject({ outcome: 'applied' })

    const later = await opens('i2', { ...LIKE_IT, issueType: 'login' })
    expect(later.type).toMatchObject({ id: 'delivery', by: null })
    expect(later.type!.reason).toMatch(/^like an earlier issue that people called \w/)
    const { rows } = await database.pool.query('SELECT body ->> $1 AS type FROM outcry.alert WHERE issue_id = $2', [
      'issueType',
      'i2',
    ])
    expect(rows).toEqual([{ type: 'delivery' }])
    expect((await opens('i3', { label: 'Cannot sign in', terms: ['sign', 'app'], issueType: 'login' })).type?.id).toBe(
      'login',
    )
  })

  it('stays as a person said, whatever is counted later', async () => {
    await opens('i1', { ...PARCEL, issueType: 'login' })
    await retype('i1', null)
    expect((await opens('i1', { ...PARCEL, issueType: 'login' }, { kind: 'grew', at: AT + 1 })).type).toMatchObject({
      id: null,
      by: 'kim',
    })
  })

  it('is no longer learned where the example is taken back, nor for another brand; a drill learns of its brand', async () => {
    await opens('i1', PARCEL)
    await retype('i1', 'delivery')
    expect((await opens('drilled', LIKE_IT, { brand: 'acme#drill-1' })).type?.reason).toContain('an earlier issue')
    expect((await opens('other', LIKE_IT, { brand: 'globex' })).type?.reason).not.toContain('earlier issue')
    await retype('drilled', 'login')
    await retype('i1', 'delivery', false)
    expect((await opens('i2', LIKE_IT)).type?.reason).not.toContain('earlier issue')
  })

  it("is found by the user's own types and by further words of a playbook, in other languages too", async () => {
    expect((await opens('i1', { label: 'Bonus points gone', terms: ['points'] })).type).toMatchObject({ id: 'loyalty' })
    const words = { label: 'Teddybären fehlen; Teddybär nicht dabei', terms: ['teddybär', 'fehlt'] }
    expect((await opens('i2', words)).type?.id).toBeNull()
    const body = { ...emptyPlaybook('loyalty'), terms: ['teddybär'] }
    await addPlaybookVersion(database.pool, { issueType: 'loyalty', version: 1, body, by: 'kim', at: AT })
    expect((await opens('i3', words)).type).toMatchObject({
      id: 'loyalty',
      reason: 'its label speaks of Points are lost',
    })
  })
})
