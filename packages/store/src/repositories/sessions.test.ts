import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { dropSession, findSession, saveSession, type SessionRow, takeSessionCode } from './sessions.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const hash = (text: string) => Buffer.from(text.padEnd(32, '.'))
const row = (name: string, over: Partial<SessionRow> = {}): SessionRow => ({
  keyHash: hash(name),
  kind: 'session',
  tokenHash: hash('token'),
  madeAtMs: 1_000,
  untilMs: 2_000,
  ...over,
})

describe('sessions', () => {
  it('are found until they are over or dropped, and a code is no session', async () => {
    await saveSession(database.pool, row('a'), 10)
    await saveSession(database.pool, row('code', { kind: 'code' }), 10)
    expect(await findSession(database.pool, hash('a'), 1_999)).toEqual(hash('token'))
    expect(await findSession(database.pool, hash('a'), 2_000)).toBeNull()
    expect(await findSession(database.pool, hash('code'), 1_000)).toBeNull()
    await dropSession(database.pool, hash('a'))
    expect(await findSession(database.pool, hash('a'), 1_000)).toBeNull()
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
