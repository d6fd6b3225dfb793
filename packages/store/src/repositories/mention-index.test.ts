import { createHash } from 'node:crypto'
import type { Sql } from '@outcry/contracts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, lockWaits, type TestDatabase } from '@outcry/testkit'
import {
  listOldMentions,
  lookUpAuthor,
  lookUpMentions,
  type MentionIndexRow,
  upsertMentionIndex,
} from './mention-index.ts'
import { takeSource } from './source-state.ts'

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

  it('lists what it lets go of one connector in a span of time, without what was deleted, the oldest first', async () => {
    const at = (id: string, expiresAtMs: number, own: Partial<MentionIndexRow> = {}) => row(id, { expiresAtMs, ...own })
    await upsertMentionIndex(database.pool, [
      at('tube:b', 2_000),
      at('tube:a', 1_000),
      at('tube:later', 3_000),
      at('tube:before', 500),
      at('tube:gone', 1_500, { brands: [], mentionId: '' }),
      at('tuber:c', 1_500),
    ])
    const expires = { fromMs: 1_000, beforeMs: 3_000 }
    const list = (limit: number) => listOldMentions(database.pool, { connector: 'tube', expires, limit })
    expect(await list(10)).toEqual(['tube:a', 'tube:b'])
    expect(await list(1)).toEqual(['tube:a'])
  })

  it('is closed to an owner whose source another has taken, also while its write was under way', async () => {
    const take = (sql: Sql, owner: string) =>
      takeSource(sql, { source: 'fenced', connector: 'file', owner, leaseMs: 0 })
    await take(database.pool, 'frozen')
    const late = (rev: string) =>
      upsertMentionIndex(database.pool, [row('fenced', { rev })], { source: 'fenced', epoch: 1 })
    expect(await late('1')).toBe(true)
    const { promise: taken, resolve: letGo } = Promise.withResolvers<void>()
    let underWay: Promise<boolean> | null = null
    const takingOver = database.pool.transaction(async (tx) => {
      await tx.query(`UPDATE outcry.source_state SET lease_until = NULL WHERE source = 'fenced'`)
      await take(tx, 'next')
      underWay = late('2')
      await taken
    })
    await vi.waitUntil(async () => (await lockWaits(database.pool)) > 0, { timeout: 20_000, interval: 20 })
    letGo()
    await takingOver
    expect(await underWay!).toBe(false)
    expect(await late('3')).toBe(false)
    expect(await lookUpMentions(database.pool, [key('fenced')])).toMatchObject([{ rev: '1' }])
  })

  it('takes overlapping batches of several writers at once', async () => {
    const ids = Array.from({ length: 50 }, (_, n) => `shared-${n}`)
    const batches = Array.from({ length: 6 }, (_, n) => (n % 2 ? ids : ids.toReversed()).map((id) => row(id)))
    await Promise.all(batches.map((batch) => upsertMentionIndex(database.pool, batch)))
    expect(await lookUpMentions(database.pool, ids.map(key))).toHaveLength(50)
  })
})
