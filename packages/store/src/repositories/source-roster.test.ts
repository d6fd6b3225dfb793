import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { joinRoster, leaveRoster, SOURCE_CHANNEL } from './source-roster.ts'
import { releaseSource, takeSource } from './source-state.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

it('names who reads sources and who holds which, and tells when that changes', async () => {
  const { pool } = database
  const heard = vi.fn<() => void>()
  await pool.listen(SOURCE_CHANNEL, heard)
  const join = (member: string, leaseMs = 60_000) => joinRoster(pool, { member, leaseMs })
  const take = (source: string, owner: string, leaseMs: number) =>
    takeSource(pool, { source, connector: 'file', owner, leaseMs })

  await join('a')
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1))
  await take('held', 'a', 60_000)
  await take('over', 'dead', 0)
  await join('dead', 0)
  expect(await join('b')).toEqual({ members: ['a', 'b'], holders: new Map([['held', 'a']]) })
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3))

  await join('b')
  await releaseSource(pool, 'held', 1)
  await leaveRoster(pool, 'a')
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(5))
  expect(await join('b')).toEqual({ members: ['b'], holders: new Map() })
})
