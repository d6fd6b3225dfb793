import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { renewSources } from './source-roster.ts'
import { listSources, releaseSource, reportSource, saveCursor, takeSource } from './source-state.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

const take = (source: string, owner: string, leaseMs = 60_000, connector = 'file') =>
  takeSource(database.pool, { source, connector, owner, leaseMs })

describe('source state', () => {
  it('is run by one owner until the lease is over or given back', async () => {
    expect(await take('leased', 'a')).toEqual({ cursor: null, epoch: 1 })
    expect(await take('leased', 'b')).toBeNull()
    await releaseSource(database.pool, 'leased', 1)
    expect(await take('leased', 'b', 0)).toMatchObject({ epoch: 2 })
    expect(await take('leased', 'c')).toMatchObject({ epoch: 3 })
  })

  it('goes to one of those who ask at once', async () => {
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => take('wanted', owner)))
    expect(taken.filter((each) => each !== null)).toHaveLength(1)
  })

  it('hands the cursor on and refuses the earlier owner', async () => {
    await take('cursor', 'a', 0)
    expect(await saveCursor(database.pool, { source: 'cursor', epoch: 1, cursor: { line: 7 } })).toBe(true)
    expect(await take('cursor', 'b')).toEqual({ cursor: { line: 7 }, epoch: 2 })
    expect(await saveCursor(database.pool, { source: 'cursor', epoch: 1, cursor: { line: 9 } })).toBe(false)
    const leases = [1, 2].map((epoch) => ({ source: 'cursor', epoch }))
    expect(await renewSources(database.pool, leases.slice(0, 1), 60_000)).toEqual(new Set())
    expect(await renewSources(database.pool, leases, 60_000)).toEqual(new Set(['cursor']))
    const late = { source: 'cursor', epoch: 1, state: 'live', reason: 'late' } as const
    expect(await reportSource(database.pool, late)).toBe(false)
  })

  it('does not hand the cursor of another connector on', async () => {
    await take('reused', 'a', 0)
    await saveCursor(database.pool, { source: 'reused', epoch: 1, cursor: 5 })
    expect(await take('reused', 'a', 0, 'push')).toEqual({ cursor: null, epoch: 2 })
  })

  it('shows the newest state, with times that never go back and gaps that add up', async () => {
    await take('shown', 'a')
    const report = { source: 'shown', epoch: 1, state: 'live', reason: 'connected' } as const
    await reportSource(database.pool, { ...report, sourceTimeMs: 200, lastEventAtMs: 150, gaps: 1 })
    await reportSource(database.pool, { ...report, sourceTimeMs: 100, gaps: 2 })
    const shown = (await listSources(database.pool)).find(({ source }) => source === 'shown')
    expect(shown).toMatchObject({ connector: 'file', state: 'live', sourceTimeMs: 200, lastEventAtMs: 150, gaps: 3 })
    expect(shown?.heartbeatAtMs).toBeGreaterThanOrEqual(shown!.stateSinceMs)
  })

  it('has seen everything up to no time before it has seen its platform', async () => {
    await take('unseen', 'a')
    const report = { source: 'unseen', epoch: 1, state: 'blind', reason: 'refused' } as const
    const sourceTime = async () =>
      (await listSources(database.pool)).find(({ source }) => source === 'unseen')?.sourceTimeMs
    await reportSource(database.pool, { ...report, sourceTimeMs: 0 })
    expect(await sourceTime()).toBeNull()
    await reportSource(database.pool, { ...report, sourceTimeMs: 200 })
    await reportSource(database.pool, { ...report, sourceTimeMs: 0 })
    expect(await sourceTime()).toBe(200)
  })
})
