import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { saveIssue } from './alerting-state.ts'
import { appendAlerts } from './alerts.ts'
import { replaceClusters } from './clusters.ts'
import { planDeliveries } from './deliveries.ts'
import { forgetMentions } from './forget-mentions.ts'
import { heldMentions } from './held-mentions.ts'
import { appendIssueEvents } from './issue-events.ts'
import { upsertMentions } from './mentions.ts'
import { aCluster, aMention, anAlert, anEvent, anIssue } from './rows-for-tests.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const everything = async (): Promise<string> => {
  const tables = ['mention', 'issue_event', 'issue', 'alert', 'delivery', 'cluster']
  const texts = tables.map((table) => `SELECT body::text AS text FROM outcry.${table}`)
  const { rows } = await database.pool.query<{ text: string }>(texts.join(' UNION ALL '))
  return rows.map(({ text }) => text).join('\n')
}

describe('forgetting mentions', () => {
  it('removes every quote of them, and keeps counts and other mentions', async () => {
    const exemplars = ['gone', 'kept'].map((id) => ({
      mentionId: id,
      at: 1,
      source: 'file',
      excerpt: `words of ${id}`,
    }))
    const evidence = { ...anEvent({}).evidence, mentionIds: ['gone', 'kept'], exemplars }
    await database.pool.transaction(async (tx) => {
      await upsertMentions(
        tx,
        ['gone', 'kept'].map((id) => ({
          brand: 'acme',
          mention: aMention({ id, text: `words of ${id}` }),
          complaint: 1,
          lang: 'en',
          clusterId: 'cluster',
          issueId: 'issue',
        })),
      )
      await saveIssue(tx, anIssue({ body: { evidence } }))
      await replaceClusters(tx, 'acme', [aCluster({ exemplars })])
      await appendIssueEvents(tx, [anEvent({ evidence })])
      await appendAlerts(tx, [anAlert({ mentionIds: ['gone', 'kept'] })])
      const plan = { id: 'd', alertId: 'alert', issueId: 'issue', brand: 'acme', target: 'hook', dedupKey: 'issue' }
      await planDeliveries(tx, [{ ...plan, body: { evidence } }])
    })
    expect(await everything()).toContain('gone')
    await database.pool.transaction((tx) => forgetMentions(tx, 'acme', ['gone']))
    const left = await everything()
    expect(left).not.toContain('gone')
    expect(left.match(/words of kept/g)?.length).toBe(5)
    const { rows } = await database.pool.query(
      "SELECT body->'evidence'->'mentions' AS mentions FROM outcry.issue_event",
    )
    expect(rows).toEqual([{ mentions: 5 }])
  })

  it('finds quotes that outlived the mention or went to another issue', async () => {
    const evidence = { ...anEvent({}).evidence, mentionIds: ['expired'], exemplars: [] }
    await database.pool.transaction(async (tx) => {
      await saveIssue(tx, anIssue({ id: 'old', brand: 'acme', body: { evidence } }))
      await saveIssue(tx, anIssue({ id: 'foreign', brand: 'beta', body: { evidence } }))
      await appendAlerts(tx, [anAlert({ id: 'of-old', issueId: 'old', mentionIds: ['expired'] })])
    })
    expect(await heldMentions(database.pool, ['expired', 'never'])).toEqual([
      { brand: 'acme', id: 'expired' },
      { brand: 'beta', id: 'expired' },
    ])
    await database.pool.transaction((tx) => forgetMentions(tx, 'acme', ['expired']))
    expect(await heldMentions(database.pool, ['expired'])).toEqual([{ brand: 'beta', id: 'expired' }])
    const { rows } = await database.pool.query("SELECT body->'mentionIds' AS ids FROM outcry.alert WHERE id = 'of-old'")
    expect(rows).toEqual([{ ids: [] }])
  })

  it('does nothing for mentions nobody stored', async () => {
    const before = await everything()
    await database.pool.transaction((tx) => forgetMentions(tx, 'acme', ['never-seen']))
    expect(await everything()).toBe(before)
  })

  it('removes quotes from facts that nobody has decided on yet', async () => {
    const evidence = { ...anEvent({}).evidence, mentionIds: ['early', 'kept'] }
    const event = anEvent({ id: 'undecided', issueId: 'not yet an issue', brand: 'initech', evidence })
    await database.pool.transaction((tx) => appendIssueEvents(tx, [event]))
    await database.pool.transaction((tx) => forgetMentions(tx, 'initech', ['early']))
    const { rows } = await database.pool.query(
      "SELECT body->'evidence'->'mentionIds' AS ids FROM outcry.issue_event WHERE id = 'undecided'",
    )
    expect(rows).toEqual([{ ids: ['kept'] }])
  })
})
