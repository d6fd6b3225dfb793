import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { assignMentions, languagesOf, moveMentions, removeMentions, upsertMentions } from './mentions.ts'
import { aMention } from './rows-for-tests.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const store = (brand: string, id: string, clusterId: string | null, issueId: string | null) =>
  upsertMentions(database.pool, [{ brand, mention: aMention({ id }), complaint: 0.9, lang: 'en', clusterId, issueId }])
const places = async () => {
  const { rows } = await database.pool.query<{ brand: string; id: string; c: string | null; i: string | null }>(
    'SELECT brand, id, cluster_id AS c, issue_id AS i FROM outcry.mention ORDER BY brand, id',
  )
  return rows.map(({ brand, id, c, i }) => `${brand} ${id} ${c} ${i}`)
}

describe('mentions', () => {
  beforeEach(async () => {
    await database.pool.query('TRUNCATE outcry.mention')
    await store('acme', 'm1', 'c1', 'i1')
    await store('acme', 'm2', 'c1', null)
    await store('globex', 'm1', 'c1', 'i1')
  })

  it('keep the cluster or issue that an assignment does not name', async () => {
    await assignMentions(database.pool, { brand: 'acme', mentionIds: ['m1', 'm2'], clusterId: null, issueId: 'i2' })
    await assignMentions(database.pool, { brand: 'acme', mentionIds: ['m2', 'gone'], clusterId: 'c2', issueId: null })
    expect(await places()).toEqual(['acme m1 c1 i2', 'acme m2 c2 i2', 'globex m1 c1 i1'])
  })

  it('speak the languages that a fair part of them is written in', async () => {
    const langs = ['en', 'en', 'en', 'en', 'en', 'en', 'de', 'de', 'fr', 'und']
    await upsertMentions(
      database.pool,
      langs.map((lang, index) => ({
        brand: 'acme',
        mention: aMention({ id: `l${index}` }),
        complaint: 0.9,
        lang,
        clusterId: null,
        issueId: null,
      })),
    )
    const ids = langs.map((_, index) => `l${index}`)
    expect(await languagesOf(database.pool, 'acme', ids)).toEqual(['en', 'de'])
    expect(await languagesOf(database.pool, 'acme', ['l9', 'gone'])).toEqual([])
    expect(await languagesOf(database.pool, 'globex', ids)).toEqual([])
  })

  it('are of no issue and no cluster once a person took them out, of that brand alone, and stay', async () => {
    await removeMentions(database.pool, 'acme', ['m1', 'gone'])
    expect(await places()).toEqual(['acme m1 null null', 'acme m2 c1 null', 'globex m1 c1 i1'])
  })

  it('follow their cluster and their issue into those they were merged into, of their own brand only', async () => {
    await moveMentions(database.pool, { brand: 'acme', what: 'cluster', from: 'c1', into: 'c9' })
    await moveMentions(database.pool, { brand: 'acme', what: 'issue', from: 'i1', into: 'i9' })
    expect(await places()).toEqual(['acme m1 c9 i9', 'acme m2 c9 null', 'globex m1 c1 i1'])
  })
})
