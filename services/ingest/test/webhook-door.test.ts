import { DEAD_LETTERS_TOPIC } from '@outcry/bus'
import type { Bus } from '@outcry/bus'
import type { SourceConfig } from '@outcry/contracts'
import { OutcryError } from '@outcry/contracts'
import { systemClock } from '@outcry/runtime'
import { releaseSource, reportSource, takeSource } from '@outcry/store'
import { fakeClock } from '@outcry/testkit'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type IngestOptions, openDoor } from '../src/index.ts'
import { board, boardRequest, boardSource } from './board.ts'
import { createFixture } from './ingest-fixture.ts'
import { ingestOptions } from './ingest-options.ts'

const WAIT = { timeout: 20_000, interval: 20 }
const MINUTE_MS = 60_000
let fixture: Awaited<ReturnType<typeof createFixture>>

beforeAll(async () => {
  fixture = await createFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.close())

const open = async (
  change: Partial<IngestOptions> = {},
  sources: SourceConfig[] = [boardSource()],
  connector = board(),
) => (await openDoor({ ...ingestOptions(fixture, sources, change), connectors: { board: connector } })).webhooks

const onBus = async () => (await fixture.mentions()).map(({ brand, mention }) => [brand, mention.id, mention.op])
const beats = async () => (await fixture.onBus()).flatMap(({ record }) => (record.kind === 'heartbeat' ? [record] : []))
const letters = async () => {
  const { rows } = await fixture.pool.query<{ value: Buffer }>(
    'SELECT value FROM outcry.bus_record WHERE topic = $1 ORDER BY position',
    [DEAD_LETTERS_TOPIC],
  )
  return rows.map(
    ({ value }) => JSON.parse(value.toString('utf8')) as { reason: string; source: string; bytes: string },
  )
}
const post = (id: string, fields = {}) => ({ id, text: 'acme is late', createdAt: systemClock.now(), ...fields })

describe("the door of platforms' webhooks", () => {
  it('is open for sources with a secret whose platform sends, and for no other', async () => {
    const { secret: _secret, ...silent } = boardSource({ name: 'silent' })
    const push = { connector: 'push', name: 'shop', secret: 'x'.repeat(16), previousSecrets: [] }
    const door = await open({}, [boardSource(), silent, push])
    expect(['board', 'silent', 'shop', 'nobody', 'constructor'].map((source) => door.door(source))).toEqual([
      'open',
      'off',
      'unknown',
      'unknown',
      'unknown',
    ])
    expect(door.challenge('board', { challenge: '7' })).toBe('7')
    expect(door.challenge('nobody', { challenge: '7' })).toBeNull()
  })

  it('believes the secret of the source and no other', async () => {
    const door = await open()
    expect(door.verify('board', boardRequest([post('1')]))).toBe('valid')
    expect(door.verify('board', boardRequest([post('1')], 'another secret'))).toBe('mismatch')
    expect(door.verify('nobody', boardRequest([post('1')]))).toBe('mismatch')
  })

  it('has put everything on the bus when it has taken it, for brands the source may speak of', async () => {
    const door = await open({}, [boardSource({ brands: ['acme'] })])
    const outcome = await door.take('board', boardRequest([post('1'), post('2', { text: 'globex air' })]))
    expect(outcome).toEqual({ mentions: 2, matched: 1, unreadable: 0 })
    expect(await onBus()).toEqual([['acme', 'board:1', 'create']])
  })

  it('counts what comes again once, and carries edits and deletions', async () => {
    const door = await open()
    const first = boardRequest([post('1')])
    await door.take('board', first)
    expect(await door.take('board', first)).toEqual({ mentions: 1, matched: 1, unreadable: 0 })
    expect(await onBus()).toHaveLength(1)
    await door.take('board', boardRequest([post('1', { rev: '2', text: 'acme is later still' })]))
    await door.take('board', boardRequest([post('1', { rev: '3', op: 'delete' })]))
    await door.take('board', first)
    expect((await onBus()).map(([, , op]) => op)).toEqual(['create', 'update', 'delete'])
  })

  it('ends with the newest revision in whatever order revisions come, and however often', async () => {
    const door = await open()
    const revisions = ['1', '2', '10'].map((rev) => ({ rev, text: `acme is late, said ${rev} times`, createdAt: 1 }))
    const order = fc.shuffledSubarray(
      revisions.flatMap((each) => [each, each]),
      { minLength: 6 },
    )
    let posts = 0
    await fc.assert(
      fc.asyncProperty(order, async (sent) => {
        posts += 1
        const id = String(posts)
        for (const revision of sent) await door.take('board', boardRequest([{ id, ...revision }]))
        const last = (await fixture.mentions()).findLast(({ mention }) => mention.id === `board:${id}`)
        expect(last?.mention.text).toBe('acme is late, said 10 times')
      }),
      { numRuns: 15 },
    )
  })

  it('keeps what cannot be read in the dead letters, also where the reader breaks, and never fails for it', async () => {
    const door = await open()
    for (const body of ['', '{', 'break', '\0'.repeat(1_000)])
      expect(await door.take('board', boardRequest(body))).toEqual({ mentions: 0, matched: 0, unreadable: 1 })
    expect((await letters()).map(({ reason, source, bytes }) => [reason, source, atob(bytes).slice(0, 5)])).toEqual([
      ['not_json', 'board', ''],
      ['not_json', 'board', '{'],
      ['unknown_shape', 'board', 'break'],
      ['not_json', 'board', '\0\0\0\0\0'],
    ])
  })

  it('fails while the bus is away, and takes the same again after', async () => {
    let away = true
    const bus: Bus = {
      ...fixture.bus,
      append: async (topic, records) => {
        if (away) throw new OutcryError('BUS_UNREACHABLE', 'no broker answers', { fix: 'Start it.' })
        return fixture.bus.append(topic, records)
      },
    }
    const door = await open({ bus })
    const request = boardRequest([post('1')])
    await expect(door.take('board', request)).rejects.toMatchObject({ code: 'BUS_UNREACHABLE' })
    expect(await onBus()).toEqual([])
    away = false
    expect(await door.take('board', request)).toEqual({ mentions: 1, matched: 1, unreadable: 0 })
    expect(await onBus()).toEqual([['acme', 'board:1', 'create']])
  })
})

describe('what comes late', () => {
  const late = async (publicationDelayMs: number | null) => {
    const clock = fakeClock(systemClock.now())
    const openedAt = clock.now()
    const door = await open({ clock }, [boardSource()], board({ publicationDelayMs }))
    await clock.advance(60 * MINUTE_MS)
    const now = clock.now()
    const before = post('before', { createdAt: openedAt - 1 })
    const after = post('after', { createdAt: openedAt + 1 })
    const edited = post('before', { createdAt: openedAt - 1, op: 'update', rev: '2' })
    await door.take('board', boardRequest([after, edited, before]))
    const records = (await fixture.onBus()).flatMap(({ record }) => (record.kind === 'mention' ? [record] : []))
    return records.map(({ mention, backfill = false }) => [
      mention.id.slice(6),
      backfill,
      mention.eventTime === now ? 'now' : mention.eventTime - openedAt,
    ])
  }

  it('counts at its own time and opens nothing alone where the door was closed when it was written', async () => {
    expect(await late(0)).toEqual([
      ['before', true, -1],
      ['after', false, 1],
      ['before', false, -1],
    ])
  })

  it('is no burst of a platform that shows its reviews late, while an edit is news', async () => {
    expect(await late(null)).toEqual([
      ['before', true, -1],
      ['after', false, 'now'],
      ['before', false, 'now'],
    ])
  })
})

describe('the clock of the brands', () => {
  const hold = async (state: 'live' | 'lagging' | 'blind') => {
    const held = await takeSource(fixture.pool, { source: 'board', connector: 'board', owner: 'x', leaseMs: 60_000 })
    await reportSource(fixture.pool, { source: 'board', epoch: held!.epoch, state, reason: 'said its holder' })
    return held!.epoch
  }
  const lastEventAt = async () => {
    const { rows } = await fixture.pool.query<{ at: number }>('SELECT last_event_at_ms AS at FROM outcry.source_state')
    return rows[0]?.at ?? null
  }

  it.each(['live', null] as const)('moves at once where the holder says %s', async (state) => {
    const door = await open()
    if (state !== null) await hold(state)
    const before = systemClock.now()
    await door.take('board', boardRequest([post('1')]))
    await vi.waitFor(async () => expect(await beats()).toMatchObject([{ state: 'live', brands: ['acme'] }]), WAIT)
    expect((await beats())[0]!.sourceTime).toBeGreaterThanOrEqual(before)
  })

  it('is left to a holder that sees only a part, while people see that something came', async () => {
    const door = await open()
    const epoch = await hold('blind')
    await door.take('board', boardRequest([post('1', { createdAt: 1_000_000 })]))
    await vi.waitFor(async () => expect(await lastEventAt()).toBe(1_000_000), WAIT)
    await releaseSource(fixture.pool, 'board', epoch)
    await door.take('board', boardRequest([post('2', { text: 'nothing of a brand' })]))
    expect(await beats()).toEqual([])
  })
})
