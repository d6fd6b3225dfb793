import { type Connector, connectors, type SourceContext } from '@outcry/connectors'
import { HOUR_MS, MINUTE_MS, type Mention, OutcryError } from '@outcry/contracts'
import { createMetrics, silentLogger, systemClock } from '@outcry/runtime'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { createIntake } from '../src/intake.ts'
import { openPlacement } from '../src/placement.ts'
import { createKeys } from '../src/keys.ts'
import { runSourceSession } from '../src/source-session.ts'
import { createFixture } from './ingest-fixture.ts'

const WAIT = { timeout: 20_000, interval: 20 }

let fixture: Awaited<ReturnType<typeof createFixture>>
beforeAll(async () => {
  fixture = await createFixture()
})
beforeEach(() => fixture.reset())
afterAll(() => fixture.close())

/** A platform that shows reviews hours after they were written, and what its source is told to do. */
const startShop = async ({ beats = true } = {}) => {
  const { pool, bus } = fixture
  let offsetMs = 0
  const clock = {
    now: () => systemClock.now() + offsetMs,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(beats ? ms : HOUR_MS, signal),
  }
  const given = Promise.withResolvers<SourceContext>()
  let breakOff: (error: Error) => void = () => undefined
  const shop: Connector = {
    ...connectors['push']!,
    name: 'shop',
    publicationDelayMs: null,
    clock: 'wall',
    create: (_config, context) => {
      given.resolve(context)
      const { promise: stopped, resolve, reject } = Promise.withResolvers<void>()
      breakOff = reject
      return {
        run: async (signal) => {
          signal.addEventListener('abort', () => resolve())
          await stopped
        },
      }
    },
  }
  const keys = createKeys(Buffer.from('secret'), 'hashed')
  const choose = () => ({ brands: ['acme'], own: [] })
  const metrics = createMetrics()
  const where = { pool, clock, logger: silentLogger, brands: ['acme'], partitions: 1, busDays: 7 }
  const placement = await openPlacement(where)
  const intake = createIntake({
    bus,
    pool,
    clock,
    metrics,
    keys,
    choose,
    placement,
    indexDays: 30,
    forgetsMeanings: false,
  })
  const giveBack = new AbortController()
  await pool.query(
    `INSERT INTO outcry.source_state (source, connector, owner, epoch, lease_until) VALUES ('shop', 'shop', 'test', 1, now() + interval '1 h')`,
  )
  const running = runSourceSession(
    {
      config: { connector: 'shop', name: 'shop' },
      connector: shop,
      brands: new Set(['acme']),
      reorderMs: 60_000,
      intake,
      pool,
      clock,
      logger: silentLogger,
      metrics,
      keys,
      random: Math.random,
    },
    { epoch: 1, cursor: null, giveBack: giveBack.signal, lost: new AbortController().signal, lose: () => undefined },
  )
  onTestFinished(async () => {
    giveBack.abort()
    await running
  })
  const source = await given.promise
  return {
    clock,
    passes: (ms: number) => {
      offsetMs += ms
    },
    reports: (state: 'live' | 'lagging') => source.report({ state, reason: 'looked', sourceTime: clock.now() }),
    gap: (reason: string) => source.gap(reason),
    stops: async () => {
      giveBack.abort()
      await running
    },
    breaks: (error: Error) => breakOff(error),
    /** A review written three hours before it is shown, and how it came to the bus. */
    shows: async (id: string) => {
      const now = clock.now()
      const mention: Mention = {
        id,
        op: 'create',
        rev: '1',
        kind: 'review',
        source: 'shop',
        text: 'acme broke',
        createdAt: now - 3 * HOUR_MS,
        observedAt: now,
        eventTime: now,
      }
      await source.emit({ sightings: [{ mention }], cursor: { id }, backfill: false })
      const sent = (await fixture.onBus()).flatMap(({ record }) =>
        record.kind === 'mention' && record.mention.id === id ? [record] : [],
      )
      expect(sent).toHaveLength(1)
      return { isBackfill: sent[0]!.backfill === true, agoMs: now - sent[0]!.mention.eventTime }
    },
  }
}

it('takes a first sighting for the time of a late review only where the source had just looked', async () => {
  const shop = await startShop()
  const sighted = { isBackfill: false, agoMs: 0 }
  const written = { isBackfill: true, agoMs: 3 * HOUR_MS }
  expect(await shop.shows('before the first look')).toEqual(written)
  shop.reports('live')
  expect(await shop.shows('since the last look')).toEqual(sighted)
  shop.reports('lagging')
  shop.passes(2 * MINUTE_MS)
  expect(await shop.shows('after one look that failed')).toEqual(sighted)
  shop.passes(4 * MINUTE_MS)
  expect(await shop.shows('after a stop')).toEqual(written)
  shop.reports('live')
  expect(await shop.shows('once it looks again')).toEqual(sighted)
})

it('shows a gap at once as blind, with its reason, and goes on with its clock', async () => {
  const shop = await startShop()
  const shown = async () => {
    const { rows } = await fixture.pool.query('SELECT state, reason, gaps FROM outcry.source_state')
    return rows[0]
  }
  shop.reports('live')
  await vi.waitFor(async () => expect(await shown()).toMatchObject({ state: 'live' }), WAIT)
  shop.gap('the server no longer had the cursor')
  const startedAt = systemClock.now()
  await vi.waitFor(async () => {
    expect(await shown()).toEqual({ state: 'blind', reason: 'the server no longer had the cursor', gaps: 1 })
    const beats = (await fixture.onBus()).flatMap(({ record }) => (record.kind === 'heartbeat' ? [record] : []))
    expect(beats.some(({ state, sentAt }) => state === 'live' && sentAt >= startedAt)).toBe(true)
  }, WAIT)
  shop.passes(MINUTE_MS)
  shop.reports('live')
  await vi.waitFor(async () => expect(await shown()).toMatchObject({ state: 'live', reason: 'looked', gaps: 1 }), WAIT)
})

it('moves the clock of the brands that something was delivered of without waiting for its next beat', async () => {
  const shop = await startShop({ beats: false })
  const beatsSince = async (sinceMs: number) =>
    (await fixture.onBus()).filter(({ record }) => record.kind === 'heartbeat' && record.sourceTime >= sinceMs)
  shop.reports('live')
  // Not so long that the source would count as blind: a change of state is told at once anyway.
  shop.passes(MINUTE_MS / 4)
  const laterMs = shop.clock.now()
  await shop.shows('a review')
  shop.reports('live')
  await vi.waitFor(async () => expect(await beatsSince(laterMs)).not.toEqual([]), WAIT)
})

it('says what to do where only a person can, and no longer once it was stopped for that', async () => {
  const shop = await startShop()
  const shown = async () => (await fixture.pool.query('SELECT state, reason, fix FROM outcry.source_state')).rows[0]
  shop.breaks(new OutcryError('SOURCE_REFUSED', 'The shop refuses access (401).', { fix: 'Renew the key.' }))
  const refused = { state: 'blind', reason: 'The shop refuses access (401).', fix: 'Renew the key.' }
  await vi.waitFor(async () => expect(await shown()).toEqual(refused), WAIT)
  await shop.stops()
  expect(await shown()).toMatchObject({ reason: 'stopped', fix: expect.stringContaining('--only ingest') as string })
})
