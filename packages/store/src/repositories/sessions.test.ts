import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { dropSession, findSession, listSessions, saveSession, type SessionRow, takeSessionCode } from './sessions.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const hash = (text: string) => Buffer.from(text.padEnd(32, '.'))
const row = (name: string, over: object = {}): SessionRow => ({
  keyHash: hash(name),
  kind: 'session',
  tokenHash: hash('token'),
  person: null,
  madeAtMs: 1_000,
  untilMs: 2_000,
  ...over,
})

describe('sessions', () => {
  it('are found until they are over or dropped, and a code is no session', async () => {
    await saveSession(database.pool, row('a'), 10)
    await saveSession(database.pool, row('code', { kind: 'code' }), 10)
    expect(await findSession(database.pool, hash('a'), 1_999)).toEqual({ tokenHash: hash('token'), person: null })
    expect(await findSession(database.pool, hash('a'), 2_000)).toBeNull()
    expect(await findSession(database.pool, hash('code'), 1_000)).toBeNull()
    await dropSession(database.pool, hash('a'))
    expect(await findSession(database.pool, hash('a'), 1_000)).toBeNull()
  })

  it('of a person keep who it is and what they may do', async () => {
    const person = { issuer: 'https://id.example', subject: 's1', name: 'Mira', role: 'responder', brands: ['acme'] }
    await saveSession(database.pool, row('person', { tokenHash: null, person, madeAtMs: 1_100 }), 10)
    await saveSession(database.pool, row('token', { madeAtMs: 1_200 }), 10)
    expect(await findSession(database.pool, hash('person'), 1_999)).toEqual({ tokenHash: null, person })
    const all = await listSessions(database.pool, 1_999)
    expect(all.map(({ keyHash, person: whose }) => [keyHash, whose?.name ?? null])).toEqual([
      [hash('token'), null],
      [hash('person'), 'Mira'],
    ])
    expect(await listSessions(database.pool, 2_000)).toEqual([])
    const nobody = saveSession(database.pool, row('nobody', { tokenHash: null }), 10)
    await expect(nobody).rejects.toThrow('session_owner')
    await database.pool.query('DELETE FROM outcry.session')
  })

  it('give a code to one of many that ask at once, and to none once it is over', async () => {
    await saveSession(database.pool, row('once', { kind: 'code' }), 10)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => takeSessionCode(database.pool, hash('once'), 1_500)),
    )
    expect(answers.filter((answer) => answer !== null)).toEqual([hash('token')])
    await saveSession(database.pool, row('late', { kind: 'code' }), 10)
    expect(await takeSessionCode(database.pool, hash('late'), 2_000)).toBeNull()
  })

  it('are bounded: the oldest of a kind go first', async () => {
    for (const at of [1_001, 1_002, 1_003]) await saveSession(database.pool, row(`n${at}`, { madeAtMs: at }), 2)
    expect(await findSession(database.pool, hash('n1001'), 1_500)).toBeNull()
    expect(await findSession(database.pool, hash('n1002'), 1_500)).not.toBeNull()
    expect(await findSession(database.pool, hash('n1003'), 1_500)).not.toBeNull()
  })
})
