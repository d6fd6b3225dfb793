import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '@outcry/runtime'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { databaseError, isTransientDatabaseError } from './database-error.ts'
import { createSqlPool, type OwnedSqlPool } from './sql-pool.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase({ empty: true })))
afterAll(() => database.drop())

const pools: OwnedSqlPool[] = []
const open = (url = database.url) => {
  const pool = createSqlPool({ url, poolSize: 3, logger: silentLogger, name: 'pool-test' })
  pools.push(pool)
  return pool
}
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close()
})

const killAll = () =>
  database.pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pool-test'")

describe('the pool', () => {
  it('reads bigint as number and refuses one that a number cannot hold', async () => {
    const pool = open()
    expect((await pool.query('SELECT 9007199254740991::bigint AS n')).rows).toEqual([{ n: Number.MAX_SAFE_INTEGER }])
    await expect(pool.query('SELECT 9007199254740992::bigint AS n')).rejects.toThrow(RangeError)
  })

  it('commits what returns and takes back what throws', async () => {
    const pool = open()
    await pool.query('CREATE TABLE kept (n int)')
    await pool.transaction((tx) => tx.query('INSERT INTO kept VALUES (1)'))
    const failing = pool.transaction(async (tx) => {
      await tx.query('INSERT INTO kept VALUES (2)')
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect((await pool.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }])
  })

  it('survives that every connection is cut, in the middle of a transaction too', async () => {
    const pool = open()
    const cut = pool.transaction(async (tx) => {
      await tx.query('SELECT 1')
      await killAll()
      await tx.query('SELECT 2')
    })
    await expect(cut).rejects.toSatisfy(isTransientDatabaseError)
    await vi.waitFor(async () => expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]))
  })

  it('hands notifications to everyone who listens, and to nobody who stopped', async () => {
    const pool = open()
    const [a, b]: [string[], string[]] = [[], []]
    const stop = await pool.listen('news', (payload) => a.push(payload))
    await pool.listen('news', (payload) => b.push(payload))
    await pool.query("NOTIFY news, 'one'")
    await vi.waitFor(() => expect([a, b]).toEqual([['one'], ['one']]))
    await stop()
    await pool.query("NOTIFY news, 'two'")
    await vi.waitFor(() => expect(b).toEqual(['one', 'two']))
    expect(a).toEqual(['one'])
  })

  it('listens again after the connection was cut, and says that something may have been missed', async () => {
    const pool = open()
    const heard: string[] = []
    await pool.listen('Mixed "Case"', (payload) => heard.push(payload))
    await killAll()
    await vi.waitFor(() => expect(heard).toEqual(['']), 10_000)
    await pool.query(`NOTIFY "Mixed ""Case""", 'back'`)
    await vi.waitFor(() => expect(heard).toEqual(['', 'back']))
  })

  it('goes on when a handler throws', async () => {
    const pool = open()
    const heard: string[] = []
    await pool.listen('bad', () => {
      throw new Error('handler')
    })
    await pool.listen('bad', (payload) => heard.push(payload))
    await pool.query("NOTIFY bad, 'x'")
    await vi.waitFor(() => expect(heard).toEqual(['x']))
  })

  it('closes twice and at once', async () => {
    const pool = open()
    await pool.listen('news', () => undefined)
    await Promise.all([pool.close(), pool.close()])
    await expect(pool.listen('news', () => undefined)).rejects.toThrow('closed')
  })
})

describe('database faults', () => {
  const refusal = async (change: (url: URL) => void) => {
    const url = new URL(database.url)
    change(url)
    const pool = open(url.href)
    const error = await pool.query('SELECT 1').catch((error: unknown) => error)
    return databaseError(error, url.href)
  }

  it('name what to do, and never the password', async () => {
    const wrong = await refusal((url) => (url.password = 'hunter2-secret'))
    expect(wrong).toMatchObject({ code: 'DATABASE_AUTH_FAILED', fix: expect.stringContaining('DATABASE_URL') })
    const missing = await refusal((url) => (url.pathname = '/nothing-here'))
    expect(missing.code).toBe('DATABASE_MISSING')
    const away = await refusal((url) => (url.port = '1'))
    expect(away.code).toBe('DATABASE_UNREACHABLE')
    for (const { message, fix } of [wrong, missing, away]) {
      expect(`${message} ${fix}`).not.toContain('hunter2-secret')
      expect(`${message} ${fix}`).not.toContain(new URL(database.url).password)
    }
  })
})
