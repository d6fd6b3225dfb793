import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { lookUpAuthor, lookUpMentions, type MentionIndexRow, upsertMentionIndex } from './mention-index.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const key = (text: string) => createHash('sha256').update(text).digest()
const row = (id: string, own: Partial<MentionIndexRow> = {}): MentionIndexRow => ({
  mentionKey: key(id),
  authorKey: key('author'),
  mentionId: id,
  brands: ['acme'],
  rev: '1',
  eventTimeMs: 1_700_000_000_000,
  expiresAtMs: 1_800_000_000_000,
  ...own,
})

describe('the mention index', () => {
  it('finds mentions by key and by author, as they were stored', async () => {
    const rows = [
      row('one', { brands: ['acme', 'beta'] }),
      row('two', { brands: [] }),
      row('anon', { authorKey: null }),
    ]
    await upsertMentionIndex(database.pool, rows)
    expect(await lookUpMentions(database.pool, [key('one'), key('unknown')])).toEqual([rows[0]])
    expect(await lookUpMentions(database.pool, [key('anon')])).toEqual([rows[2]])
    expect((await lookUpAuthor(database.pool, key('author'))).map(({ mentionId }) => mentionId).sort()).toEqual([
      'one',
      'two',
    ])
  })

  it('replaces, the last of a batch counting', async () => {
    await upsertMentionIndex(database.pool, [row('edited')])
    await upsertMentionIndex(database.pool, [
      row('edited', { rev: '2' }),
      row('edited', { rev: '3', brands: ['beta'] }),
    ])
    expect(await lookUpMentions(database.pool, [key('edited')])).toMatchObject([{ rev: '3', brands: ['beta'] }])
  })

  it('takes overlapping batches of several writers at once', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `shared-${n}`)
    const batches = Array.from({ length: 6 }, (_, n) => (n % 2 ? ids : ids.toReversed()).map((id) => row(id)))
    await Promise.all(batches.map((batch) => upsertMentionIndex(database.pool, batch)))
    expect(await lookUpMentions(database.pool, ids.map(key))).toHaveLength(50)
  })
})
