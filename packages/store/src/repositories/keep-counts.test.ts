import { DAY_MS } from '@outcry/contracts'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { saveIssue } from './alerting-state.ts'
import { eraseMentions } from './erase-mentions.ts'
import { forgetMentions } from './forget-mentions.ts'
import { issueFigures } from './issue-figures.ts'
import { upsertMentions } from './mentions.ts'
import { runRetention } from './retention.ts'
import { aMention, anEvent, anIssue } from './rows-for-tests.ts'

const NOW = 1_800_000_000_000
const keep = { mentions: 30, issues: 730, deliveries: 90, bus: 7, deadLetters: 30, audit: 730 }

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

/** Two brands with an issue each, on record with 5 people, of which 7 wrote. */
beforeEach(async () => {
  await database.pool.query('TRUNCATE outcry.mention, outcry.issue, outcry.brand_alerting')
  const { evidence } = anEvent({})
  for (const brand of ['acme', 'beta']) {
    await saveIssue(database.pool, anIssue({ id: `of-${brand}`, brand, body: { evidence } }))
    const posts = Array.from({ length: 7 }, (_, n) => ({
      brand,
      mention: aMention({ id: `m${n}`, author: { id: `a${n}`, followers: 10 }, eventTime: NOW - 20 * DAY_MS }),
      complaint: 1,
      lang: 'en',
      clusterId: null,
      issueId: `of-${brand}`,
    }))
    await upsertMentions(database.pool, posts)
  }
})
const onRecord = async (id: string) => {
  const { rows } = await database.pool.query(
    `SELECT body #> '{evidence,authors}' AS people, body #> '{evidence,mentions}' AS posts,
       body #> '{evidence,reach}' AS reach FROM outcry.issue WHERE id = $1`,
    [id],
  )
  return rows[0]
}
const stored = async (id: string) => (await issueFigures(database.pool, [id], NOW)).get(id)?.people
const gone = ['m0', 'm1', 'm2', 'm3']
const before = { people: 5, posts: 5, reach: 0 }
const counted = { people: 7, posts: 7, reach: 77 }

describe('what an issue came to', () => {
  it('stays when posts are deleted where they were written, of the brand concerned', async () => {
    await database.pool.transaction((tx) => forgetMentions(tx, 'acme', gone))
    expect([await stored('of-acme'), await onRecord('of-acme')]).toEqual([3, counted])
    expect([await stored('of-beta'), await onRecord('of-beta')]).toEqual([7, before])
  })

  it('stays when posts are erased', async () => {
    await eraseMentions(database.pool, gone)
    expect([await stored('of-acme'), await onRecord('of-acme')]).toEqual([3, counted])
    expect([await stored('of-beta'), await onRecord('of-beta')]).toEqual([3, counted])
  })

  it('stays when posts are too old to be kept, some first and then all', async () => {
    await database.pool.query(`UPDATE outcry.mention SET event_time_ms = $1 WHERE id = ANY($2)`, [
      NOW - 31 * DAY_MS,
      gone,
    ])
    await runRetention(database.pool, keep, NOW)
    expect([await stored('of-acme'), await onRecord('of-acme')]).toEqual([3, counted])
    await runRetention(database.pool, keep, NOW + 11 * DAY_MS)
    expect([await stored('of-acme'), await onRecord('of-acme')]).toEqual([undefined, counted])
  })
})
