import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { eraseQuotes } from './erase-quotes.ts'
import { appendTimeline } from './timeline.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('takes what was erased out of what people wrote, and leaves what is too short to be its own', async () => {
  const text = 'My "parcel"\nis broken, I want 1, 2, 3 refunds'
  const { pool } = database
  const note = (id: string, said: string) => ({
    id,
    issueId: 'i',
    brand: 'acme',
    atMs: 1,
    kind: 'note' as const,
    actor: 'mira',
    body: {
      text: said,
      numbers: [1, 2, 3],
      markup: said.replaceAll(/["!,]/g, (mark) => (mark === '"' ? '&quot;' : `\\${mark}`)),
    },
  })
  await appendTimeline(pool, [
    note('quoting', `They say: ${text}! And ${text}`),
    note('other', 'It is down'),
    note('none', ''),
  ])
  await pool.query(
    `INSERT INTO outcry.mute (id, brand, owner, reason, created_at_ms, until_ms) VALUES ('m', 'acme', 'mira', $1, 1, 2)`,
    [text],
  )
  const erased = await eraseQuotes(pool, [text, 'It is down'])
  expect(erased).toEqual({ timeline: 1, mute: 1 })
  const { rows } = await pool.query<{ body: object }>('SELECT body FROM outcry.timeline ORDER BY id')
  expect(rows.map(({ body }) => body)).toEqual([
    note('none', '').body,
    note('other', 'It is down').body,
    { text: 'They say: [erased]! And [erased]', numbers: [1, 2, 3], markup: '[erased]' },
  ])
  expect((await pool.query('SELECT reason FROM outcry.mute')).rows).toEqual([{ reason: '[erased]' }])
  expect(await eraseQuotes(pool, [text])).toEqual({})
})

it('takes out a post of signs alone, and nothing beside it', async () => {
  const signs = '😡😡😡😡😡😡😡😡😡😡 !!!'
  const body = { reason: 'person', note: `Over, after ${signs}`, alertId: 'al_1', page: true }
  await appendTimeline(database.pool, [
    { id: 'signs', issueId: 'signs', brand: 'acme', atMs: 1, kind: 'note', actor: 'mira', body },
  ])
  expect(await eraseQuotes(database.pool, [signs])).toEqual({ timeline: 1 })
  const { rows } = await database.pool.query(`SELECT body FROM outcry.timeline WHERE id = 'signs'`)
  expect(rows).toEqual([{ body: { ...body, note: 'Over, after [erased]' } }])
})
