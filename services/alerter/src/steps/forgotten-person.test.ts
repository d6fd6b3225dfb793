import { MINUTE_MS } from '@outcry/contracts'
import { addMute, endMute, forgetPerson, loadIssue } from '@outcry/store'
import { createTestDatabase } from '@outcry/testkit'
import { expect, it, onTestFinished } from 'vitest'
import { AT, config, issueEvent, target, tell } from '../../test/setting.ts'
import { stepBrand } from './brand-step.ts'
import { stepClock } from './tick-step.ts'

const NAME = 'wilhelmina "billie" o\\hara'
const desk = config([target('chat', 'https://chat.example')])

it('says nowhere who muted once they are forgotten, and asks for the page when the mute is over as before', async () => {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  const { pool } = database
  const until = AT + 60 * MINUTE_MS
  await addMute(pool, {
    id: 'm',
    brand: 'acme',
    issueId: null,
    issueType: null,
    owner: NAME,
    reason: 'known',
    createdAt: AT - 1,
    until,
  })
  await tell(pool, [issueEvent()])
  await stepBrand(pool, 'acme', desk, AT)
  const tablesWith = async (word: string) => {
    const found: string[] = []
    for (const table of ['alert', 'delivery', 'issue', 'mute', 'timeline']) {
      const sql = `SELECT FROM outcry.${table} AS row WHERE position($1 in row::text) > 0`
      if ((await pool.query(sql, [word])).rowCount) found.push(table)
    }
    return found
  }
  expect(await tablesWith('wilhelmina')).toEqual(['alert', 'issue', 'mute', 'timeline'])

  await pool.transaction((tx) => forgetPerson(tx, NAME))
  expect(await tablesWith('wilhelmina')).toEqual([])
  const issue = async () => (await loadIssue(pool, 'i1'))!.body as { pageReason: string; pagedAs: string | null }
  expect((await issue()).pageReason).toBe('held: muted by erased until 2026-11-02 10:00 UTC: known')

  await endMute(pool, 'm', AT + MINUTE_MS)
  await stepClock(pool, desk, ['acme'], [], AT + 2 * MINUTE_MS)
  expect((await issue()).pagedAs).toBe('major')
})
