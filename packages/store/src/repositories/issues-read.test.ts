import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { countOpenIssues, loadIssue, openIssues, saveIssue } from './alerting-state.ts'
import { issueMentions, listIssues } from './issues-read.ts'
import { assignMentions, upsertMentions } from './mentions.ts'
import { aMention, anIssue } from './rows-for-tests.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const store = (id: string, eventTime: number, issueId: string | null) =>
  upsertMentions(database.pool, [
    { brand: 'acme', mention: aMention({ id, eventTime }), complaint: 0.9, lang: 'en', clusterId: 'c', issueId },
  ])

describe('issues', () => {
  it('keep their id and raise their revision with every change', async () => {
    expect(await saveIssue(database.pool, anIssue({ id: 'rev' }))).toBe(1)
    expect(await saveIssue(database.pool, anIssue({ id: 'rev', state: 'acknowledged', body: { by: 'x' } }))).toBe(2)
    expect(await loadIssue(database.pool, 'rev')).toMatchObject({
      state: 'acknowledged',
      revision: 2,
      body: { by: 'x' },
    })
    expect(await loadIssue(database.pool, 'unknown')).toBeNull()
  })

  it('are listed page by page in one order, each once, also where times are equal', async () => {
    await database.pool.query('TRUNCATE outcry.issue')
    const times = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 5 }), async (openedAt, size) => {
        await database.pool.query('TRUNCATE outcry.issue')
        for (const [n, openedAtMs] of openedAt.entries())
          await saveIssue(database.pool, anIssue({ id: `i${n}`, openedAtMs }))
        const all = await listIssues(database.pool, {}, null, 100)
        const paged = []
        for (let after = null as { openedAtMs: number; id: string } | null; ;) {
          const page = await listIssues(database.pool, {}, after, size)
          if (!page.length) break
          paged.push(...page)
          after = page.at(-1)!
        }
        expect(paged).toEqual(all)
        expect(all).toHaveLength(openedAt.length)
      }),
      { numRuns: 10 },
    )
  })

  it('are found by brand, state and severity, and counted while open', async () => {
    await database.pool.query('TRUNCATE outcry.issue')
    await saveIssue(database.pool, anIssue({ id: 'a', brand: 'acme' }))
    await saveIssue(database.pool, anIssue({ id: 'b', brand: 'beta', severity: 'crisis', state: 'announced' }))
    await saveIssue(database.pool, anIssue({ id: 'c', brand: 'beta', state: 'resolved', drill: true }))
    const ids = async (filter: Parameters<typeof listIssues>[1]) =>
      (await listIssues(database.pool, filter, null, 10)).map(({ id }) => id)
    expect(await ids({ brands: ['beta'] })).toEqual(['c', 'b'])
    expect(await ids({ states: ['open', 'announced'] })).toEqual(['b', 'a'])
    expect(await ids({ severities: ['crisis'] })).toEqual(['b'])
    expect(await ids({ drill: false })).toEqual(['b', 'a'])
    expect(await ids({ scope: ['acme'] })).toEqual(['a'])
    expect(await ids({ brands: [], states: [], severities: [] })).toHaveLength(3)
    expect(await ids({ text: '%' })).toEqual([])
    expect((await openIssues(database.pool, 'beta')).map(({ id }) => id)).toEqual(['b'])
    expect(await countOpenIssues(database.pool)).toHaveLength(2)
  })

  it('show their mentions newest first, also those assigned later', async () => {
    await store('m1', 1_000, 'issue')
    await store('m2', 3_000, null)
    await store('m3', 2_000, 'issue')
    await assignMentions(database.pool, { brand: 'acme', mentionIds: ['m2'], clusterId: 'c2', issueId: 'issue' })
    const first = await issueMentions(database.pool, 'issue', null, 2)
    expect(first.map(({ id, clusterId }) => [id, clusterId])).toEqual([
      ['m2', 'c2'],
      ['m3', 'c'],
    ])
    const rest = await issueMentions(database.pool, 'issue', first.at(-1)!, 2)
    expect(rest).toMatchObject([{ id: 'm1', mention: { text: 'it hangs' } }])
  })
})
