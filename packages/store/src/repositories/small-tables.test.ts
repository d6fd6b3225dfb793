import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@outcry/testkit'
import { getCluster, listClusters, replaceClusters } from './clusters.ts'
import { appendCommand, markCommandsSent, unsentCommands } from './commands.ts'
import { abandonIdempotent, applyIdempotent, beginIdempotent, finishIdempotent } from './idempotency.ts'
import { installationKey } from './installation.ts'
import { recordsOfTimes } from './past-issues.ts'
import { isPushSeen, rememberPush } from './push-seen.ts'
import { aCluster, aSuppressed } from './rows-for-tests.ts'
import { loadSnapshots, NO_SNAPSHOT, saveSnapshots } from './snapshots.ts'
import { listSuppressed, saveSuppressed } from './suppressed.ts'
import { appendTimeline, foldedTimeline, timelineOf } from './timeline.ts'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

describe('snapshots', () => {
  const place = { topic: 'mentions', partition: 3 }
  const step = { ...place, taken: [], begun: [], brands: ['acme', 'beta'], unsaved: [] }
  const stored = async () =>
    (await loadSnapshots(database.pool, 'mentions', 3)).map(({ brand, position, version }) => [
      brand,
      position,
      version,
    ])
  beforeEach(() => database.pool.query('DELETE FROM outcry.brand_snapshot'))

  it('come back byte for byte, for their partition only', async () => {
    const body = Uint8Array.from({ length: 256 }, (_, n) => n)
    const taken = [{ brand: 'acme', position: 41, version: 1, body }]
    await saveSnapshots(database.pool, { ...step, position: 41, taken })
    await saveSnapshots(database.pool, {
      ...step,
      partition: 4,
      position: 50,
      taken: [{ ...taken[0]!, brand: 'else' }],
    })
    await saveSnapshots(database.pool, { ...step, position: 42, taken: [{ ...taken[0]!, position: 42 }] })
    const [loaded, ...rest] = await loadSnapshots(database.pool, 'mentions', 3)
    expect(rest).toEqual([])
    expect(loaded).toMatchObject({ brand: 'acme', position: 42, version: 1 })
    expect(new Uint8Array(loaded!.body)).toEqual(body)
  })

  it('hold as of every later position until their brand changes, and go with their brand', async () => {
    const of = (brand: string, position: number) => ({ brand, position, version: 1, body: new Uint8Array([1]) })
    await saveSnapshots(database.pool, { ...step, position: 10, taken: [of('acme', 10), of('beta', 10)] })
    await saveSnapshots(database.pool, { ...step, position: 20, unsaved: ['beta'] })
    expect(await stored()).toEqual([
      ['acme', 20, 1],
      ['beta', 10, 1],
    ])
    await saveSnapshots(database.pool, { ...step, position: 30, brands: ['beta'], unsaved: ['beta'] })
    expect(await stored()).toEqual([['beta', 10, 1]])
  })

  it('mark a brand without one with the position before its first record, once', async () => {
    const brands = ['acme']
    await saveSnapshots(database.pool, {
      ...step,
      brands,
      position: 10,
      begun: [{ brand: 'acme', position: 7 }],
      unsaved: brands,
    })
    await saveSnapshots(database.pool, {
      ...step,
      brands,
      position: 20,
      begun: [{ brand: 'acme', position: 19 }],
      unsaved: brands,
    })
    expect(await stored()).toEqual([['acme', 7, NO_SNAPSHOT]])
  })
})

describe('idempotency keys', () => {
  const key = { tokenName: 'ops', key: 'k1' }
  const requestHash = Buffer.from('same request')

  it('answer a repeated request as the first, and refuse another one', async () => {
    expect(await beginIdempotent(database.pool, { ...key, requestHash })).toEqual({ state: 'new' })
    expect(await beginIdempotent(database.pool, { ...key, requestHash })).toEqual({ state: 'running' })
    await finishIdempotent(database.pool, { ...key, status: 202, response: { commandId: 'c' } })
    expect(await beginIdempotent(database.pool, { ...key, requestHash })).toEqual({
      state: 'done',
      status: 202,
      response: { commandId: 'c' },
    })
    const other = Buffer.from('other request')
    expect(await beginIdempotent(database.pool, { ...key, requestHash: other })).toEqual({ state: 'mismatch' })
    expect(await beginIdempotent(database.pool, { ...key, tokenName: 'else', requestHash })).toEqual({ state: 'new' })
  })

  it('are never free again where the write was done, and say so once nobody will answer any more', async () => {
    const request = { tokenName: 'ops', key: 'done', requestHash }
    await beginIdempotent(database.pool, request)
    await database.pool.transaction((tx) => applyIdempotent(tx, request))
    await abandonIdempotent(database.pool, request)
    expect(await beginIdempotent(database.pool, request)).toEqual({ state: 'running' })
    await database.pool.query("UPDATE outcry.idempotency SET created_at = now() - interval '1 hour' WHERE key = 'done'")
    expect(await beginIdempotent(database.pool, request)).toEqual({ state: 'applied' })
    await finishIdempotent(database.pool, { ...request, status: 200, response: 'late' })
    expect(await beginIdempotent(database.pool, request)).toMatchObject({ state: 'done', response: 'late' })
  })

  it('let one of many at once through', async () => {
    const request = { tokenName: 'ops', key: 'race', requestHash }
    const states = await Promise.all(Array.from({ length: 8 }, () => beginIdempotent(database.pool, request)))
    expect(states.filter(({ state }) => state === 'new')).toHaveLength(1)
  })

  it('are free again after a request that failed or never answered', async () => {
    const request = { tokenName: 'ops', key: 'dead', requestHash }
    await beginIdempotent(database.pool, request)
    await abandonIdempotent(database.pool, request)
    expect(await beginIdempotent(database.pool, request)).toEqual({ state: 'new' })
    await database.pool.query("UPDATE outcry.idempotency SET created_at = now() - interval '1 hour' WHERE key = 'dead'")
    expect(await beginIdempotent(database.pool, request)).toEqual({ state: 'new' })
  })

  it('stay with a request that never answered: it may have been done, and its key says so of no other', async () => {
    const request = { tokenName: 'ops', key: 'lost', requestHash }
    await beginIdempotent(database.pool, request)
    await database.pool.query("UPDATE outcry.idempotency SET created_at = now() - interval '1 hour' WHERE key = 'lost'")
    const other = { ...request, requestHash: Buffer.from('other request') }
    expect(await beginIdempotent(database.pool, other)).toEqual({ state: 'mismatch' })
    expect(await beginIdempotent(database.pool, request)).toEqual({ state: 'new' })
  })
})

describe('pushed webhooks', () => {
  it('count once per source', async () => {
    expect(await isPushSeen(database.pool, 'push', 'id')).toBe(false)
    expect(await rememberPush(database.pool, 'push', 'id')).toBe(true)
    expect(await rememberPush(database.pool, 'push', 'id')).toBe(false)
    expect(await rememberPush(database.pool, 'other', 'id')).toBe(true)
    expect(await isPushSeen(database.pool, 'push', 'id')).toBe(true)
    expect(await isPushSeen(database.pool, 'third', 'id')).toBe(false)
  })
})

describe('commands', () => {
  it('wait in order until the bus has them, each with one sender', async () => {
    const command = { type: 'dismiss', issueId: 'i', reason: 'a joke' } as const
    for (const id of ['c1', 'c2', 'c1']) {
      await appendCommand(database.pool, { id, brand: 'acme', issueId: 'i', actor: 'ops', command })
    }
    await database.pool.transaction(async (tx) => {
      expect((await unsentCommands(tx, 10)).map(({ id }) => id)).toEqual(['c1', 'c2'])
      expect(await unsentCommands(database.pool, 10)).toEqual([])
      await markCommandsSent(tx, ['c1'])
    })
    expect(await unsentCommands(database.pool, 10)).toMatchObject([{ id: 'c2', command }])
  })
})

describe('installation keys', () => {
  it('are made once and are the same for everyone', async () => {
    const keys = await Promise.all(Array.from({ length: 5 }, () => installationKey(database.pool, 'author')))
    for (const key of keys) expect(key).toEqual(keys[0])
    expect(keys[0]).toHaveLength(32)
    expect(await installationKey(database.pool, 'other')).not.toEqual(keys[0])
  })
})

describe('timelines', () => {
  it('are read in order of time and then of adding, page by page, without entries said twice', async () => {
    const entry = (id: string, atMs: number) => ({
      id,
      issueId: 'i',
      brand: 'acme',
      atMs,
      kind: 'note',
      actor: 'ops',
      body: {},
    })
    await appendTimeline(database.pool, [entry('z', 2_001), entry('c', 2_001), entry('a', 3_000), entry('d', 1_000)])
    await appendTimeline(database.pool, [entry('a', 9_000)])
    const first = await timelineOf(database.pool, 'i', null, 2)
    expect(first.map(({ id }) => id)).toEqual(['d', 'z'])
    expect(await timelineOf(database.pool, 'i', first.at(-1)!, 9)).toEqual([entry('c', 2_001), entry('a', 3_000)])
  })

  const told = (issueId: string, entries: readonly [kind: string, actor: string, body: object][]) =>
    entries.map(([kind, actor, body], atMs) => ({
      id: `${issueId}-${atMs}`,
      issueId,
      brand: 'acme',
      atMs,
      kind,
      actor,
      body,
    }))

  it('sum up the triage of each person and way, between other entries, and lose no post of it', async () => {
    const [solved, silent] = [{ outcome: 'resolved' }, { outcome: 'no-reply' }]
    const entries = told('folded', [
      ['note', 'mira', { note: 'on it' }],
      ['triaged', 'mira', { ...solved, posts: 1 }],
      ['triaged', 'kim', { ...solved, posts: 2 }],
      ['triaged', 'mira', { ...solved, posts: 4 }],
      ['triaged', 'mira', { ...silent, posts: 8 }],
      ['note', 'mira', { note: 'on it' }],
      ['note', 'mira', { note: 'on it' }],
      ['triaged', 'mira', { ...solved, posts: 16 }],
    ])
    await appendTimeline(database.pool, entries)
    const folded = await foldedTimeline(database.pool, 'folded', 100)
    const summed = (place: number, posts: number) => ({ ...entries[place]!.body, posts })
    expect(folded.map(({ atMs, actor, body }) => [atMs, actor, body])).toEqual([
      [0, 'mira', { note: 'on it' }],
      [1, 'mira', summed(1, 5)],
      [2, 'kim', summed(2, 2)],
      [4, 'mira', summed(4, 8)],
      [5, 'mira', { note: 'on it' }],
      [6, 'mira', { note: 'on it' }],
      [7, 'mira', summed(7, 16)],
    ])
    expect(await foldedTimeline(database.pool, 'folded', 2)).toEqual(folded.slice(0, 2))
  })

  it('of many issues are read as far as their times go', async () => {
    const counting: [string, string, object][] = [
      ['opened', 'detector', { reason: 'burst', page: false }],
      ['escalated', 'detector', { reason: 'growth', page: true }],
      ['retyped', 'mira', { before: 'checkout' }],
      ['updated', 'mira', { reason: 'acknowledged', page: false }],
      ['updated', 'detector', { reason: 'calm', page: false }],
      ['escalated', 'detector', { reason: 'reopened', page: false }],
      ['resolved', 'mira', { reason: 'person', page: false }],
    ]
    const others: [string, string, object][] = [
      ['updated', 'detector', { reason: 'growth', page: false }],
      ['updated', 'clock', { reason: 'due', page: false }],
      ['muted', 'mira', { reason: 'acknowledged' }],
      ['triaged', 'mira', { outcome: 'resolved', posts: 1 }],
    ]
    await appendTimeline(
      database.pool,
      told(
        'times',
        counting.flatMap((entry) => [entry, ...others]),
      ),
    )
    const records = await recordsOfTimes(database.pool, ['times', 'unknown'])
    expect(records.get('times')!.timeline.map(({ kind, body }) => [kind, body])).toEqual(
      counting.map(([kind, , body]) => [kind, body]),
    )
    expect(records.get('unknown')).toEqual({ timeline: [], statements: [] })
  })
})

describe('suppressed bursts', () => {
  it('are kept once, read newest first, page by page, and cut by brand, reason, time and text', async () => {
    const later = aSuppressed({ id: 'later', at: aSuppressed({}).at + 1, reason: 'dismissed', label: 'parcel lost' })
    await saveSuppressed(database.pool, [aSuppressed({ id: 'a' }), aSuppressed({ id: 'b', brand: 'beta' }), later])
    await saveSuppressed(database.pool, [aSuppressed({ id: 'a', label: 'told again' })])
    const found = async (filter: Parameters<typeof listSuppressed>[1]) =>
      (await listSuppressed(database.pool, filter, null, 10)).map(({ id }) => id)
    expect(await found({})).toEqual(['later', 'b', 'a'])
    expect(await found({ scope: ['beta'] })).toEqual(['b'])
    expect(await found({ brands: ['acme'], reasons: ['chance'] })).toEqual(['a'])
    expect(await found({ sinceMs: later.at })).toEqual(['later'])
    expect(await found({ text: 'PARCEL' })).toEqual(['later'])
    expect(await found({ text: 'again' })).toEqual([])
    const [, second] = await listSuppressed(database.pool, {}, null, 2)
    const rest = await listSuppressed(database.pool, {}, { atMs: second!.at, id: second!.id }, 2)
    expect(rest).toEqual([aSuppressed({ id: 'a' })])
  })
})

describe('clusters', () => {
  it('are those of the last report', async () => {
    await replaceClusters(database.pool, 'acme', [aCluster({ id: 'old' })])
    await replaceClusters(database.pool, 'beta', [aCluster({ id: 'beta-1', brand: 'beta', lastAt: 1 })])
    await replaceClusters(database.pool, 'acme', [aCluster({ id: 'new', issueId: 'i' }), aCluster({ id: 'other' })])
    const ids = (await listClusters(database.pool, {}, null, 10)).map(({ id }) => id)
    expect(ids).toEqual(['other', 'new', 'beta-1'])
    const found = async (filter: Parameters<typeof listClusters>[1]) =>
      (await listClusters(database.pool, filter, null, 10)).map(({ id }) => id)
    expect(await found({ scope: ['beta'] })).toEqual(['beta-1'])
    expect(await found({ sinceMs: aCluster({}).lastAt })).toEqual(['other', 'new'])
    expect(await found({ text: 'CHECKOUT', brands: ['acme'] })).toEqual(['other', 'new'])
    expect(await found({ text: '%' })).toEqual([])
    expect(await getCluster(database.pool, 'old')).toBeNull()
    expect(await getCluster(database.pool, 'new')).toMatchObject({ issueId: 'i' })
  })
})
