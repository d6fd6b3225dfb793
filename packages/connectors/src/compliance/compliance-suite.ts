import { createGuard, HOUR_MS, Mention, MINUTE_MS, type SourceConfig } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Connector, SourceContext } from '../connector.ts'
import { decideEventTime } from '../event-time.ts'
import { changedPayloads, HOSTILE_TEXTS } from './hostile-payloads.ts'
import { createQuickClock } from './quick-clock.ts'
import { createRecorder, type Death } from './recorder.ts'

/** A local server, or files, that behave as the platform's documents say, faults and all. */
export type LocalPlatform = {
  /** The connector's own configuration to reach it. */
  config: Record<string, unknown>
  /** Ids of every mention it holds. */
  ids: ReadonlySet<string>
  /** Stops answering in any useful way. Only where the subject `canGoDark`. */
  goDark?: () => void
  /** Answers 401 from now on. Only where the subject `canRefuse`. */
  refuse?: () => void
  /** Changes the text of a recent item and gives its id. Only where the subject `edits`. */
  edit?: () => string
  /** Deletes a recent item and gives its id. Only where the subject `deletes`. */
  remove?: () => string
  close: () => Promise<void>
}

export type ComplianceSubject = {
  connector: Connector
  /** Whether a source ends by itself once it has read everything. */
  ends: boolean
  /** Whether the platform can be cut off. */
  canGoDark: boolean
  /** Whether the platform can refuse access. */
  canRefuse: boolean
  /** Whether all that the platform holds can be read later. */
  looksBack: boolean
  /** Whether it notices edits by itself. */
  edits?: boolean
  /** Items while one is edited or deleted: fewer where each is asked for again in turn, a few at a time. */
  itemsOfChange?: number
  /** Whether it notices deletions by itself. */
  deletes?: boolean
  /** A recorded payload of one item with this text, as the platform would write it. */
  payload?: (text: string) => Uint8Array
  start: (items: number) => Promise<LocalPlatform>
}

const ITEMS = 1_000
const DEATHS: readonly Death[] = ['before-bus', 'before-cursor', 'after-cursor', 'before-bus', 'before-cursor']
const WAIT = { timeout: 20_000, interval: 10 }
const isMention = createGuard(Mention)
const PLAIN_TEXT = 'My order never came'
const PARSE_CONTEXT = {
  source: 'under-test',
  observedAt: 1_795_000_000_000,
  hashAuthor: (id: string) => `h${id.length}`,
}

/**
 * What every connector owes the rest of Outcry. At least once up to the kill, exactly once after dedup by
 * (id, rev, op); one delivery at a time; a cursor that is plain JSON; states with reasons; a quiet end.
 */
export const complianceSuite = ({
  connector,
  ends,
  canGoDark,
  canRefuse,
  looksBack,
  edits = false,
  deletes = false,
  itemsOfChange = ITEMS,
  payload,
  start,
}: ComplianceSubject): void => {
  const setUp = async ({ clockFactor = 50, items = ITEMS } = {}) => {
    const platform = await start(items)
    const clock = createQuickClock(clockFactor)
    const recorder = createRecorder(clock)
    const abort = new AbortController()
    const config = { connector: connector.name, name: 'under-test', ...platform.config } as SourceConfig
    const run = (change: Partial<SourceContext> = {}) =>
      connector.create(config, { ...recorder.context('under-test'), ...change }).run(abort.signal)
    return { platform, clock, recorder, abort, run }
  }
  const allDelivered = (recorder: ReturnType<typeof createRecorder>, expected: ReadonlySet<string>) => () =>
    expect(recorder.ids().size).toBeGreaterThanOrEqual(expected.size)

  describe(`${connector.name} keeps the rules of every connector`, () => {
    it('delivers every item under faults, each once after dedup, and ends quietly', async () => {
      const { platform, recorder, abort, run } = await setUp()
      const running = run()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      if (!ends) abort.abort()
      await running
      expect(recorder.ids()).toEqual(platform.ids)
      const revisions = new Set(recorder.delivered.map(({ mention: { id, rev, op } }) => `${id} ${rev} ${op}`))
      expect(revisions.size).toBe(platform.ids.size)
      expect(recorder.faults).toEqual([])
      await platform.close()
    })

    it('goes on without loss after being killed five times', async () => {
      const { platform, recorder, abort, run } = await setUp()
      for (const death of DEATHS) {
        recorder.dieAtNextEmit(death)
        await expect(run()).rejects.toThrow(expect.any(Error))
      }
      recorder.revive()
      const running = run()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      abort.abort()
      await running
      expect(recorder.ids()).toEqual(platform.ids)
      expect(recorder.gaps).toEqual([])
      await platform.close()
    })

    it('makes valid mentions whose event time is never after their sighting', async () => {
      const { platform, recorder, abort, run } = await setUp()
      const running = run()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      abort.abort()
      await running
      for (const sighting of recorder.delivered) {
        const { clock, publicationDelayMs } = connector
        const { eventTime } = decideEventTime(sighting, { clock, publicationDelayMs, wasLive: true })
        expect(isMention({ ...sighting.mention, eventTime })).toBe(true)
        // By this beginning ingest finds what the terms of the platform let nobody keep any longer.
        const isLimited = connector.defaults.retentionDays !== null
        expect(!isLimited || sighting.mention.id.startsWith(`${connector.name}:`)).toBe(true)
        expect(eventTime).toBeLessThanOrEqual(sighting.mention.observedAt)
      }
      await platform.close()
    })

    it('waits for the delivery in flight and asks for no other', async () => {
      const { platform, recorder, abort, run } = await setUp()
      const open = recorder.hold()
      const running = run()
      await vi.waitUntil(recorder.isEmitting, WAIT)
      expect(recorder.delivered).toEqual([])
      open()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      abort.abort()
      await running
      expect(recorder.faults).toEqual([])
      await platform.close()
    })

    it('says that it is live, with a clock that never runs back nor ahead', async () => {
      const { platform, clock, recorder, abort, run } = await setUp()
      const running = run()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      await vi.waitFor(() => expect(recorder.reports.some(({ state }) => state === 'live')).toBe(true), WAIT)
      abort.abort()
      await running
      const times = recorder.reports.map(({ sourceTime }) => sourceTime)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(Math.max(...times)).toBeLessThanOrEqual(clock.now() + 60_000)
      expect(recorder.reports.every(({ reason }) => reason.length > 0)).toBe(true)
      await platform.close()
    })

    it('ends quietly when it is stopped at once, and twice', async () => {
      const { platform, abort, run } = await setUp()
      const running = run()
      abort.abort()
      abort.abort()
      await expect(running).resolves.toBeUndefined()
      await platform.close()
    })

    it.runIf(canGoDark)('is blind, with a reason, when the platform goes dark', async () => {
      const { platform, recorder, abort, run } = await setUp({ clockFactor: 500 })
      const running = run()
      await vi.waitFor(() => expect(recorder.reports.some(({ state }) => state !== 'blind')).toBe(true), WAIT)
      platform.goDark?.()
      await vi.waitFor(() => expect(recorder.reports.at(-1)).toMatchObject({ state: 'blind' }), WAIT)
      expect(recorder.reports.at(-1)?.reason).not.toBe('')
      abort.abort()
      await running
      await platform.close()
    })

    it.runIf(canGoDark)('is blind within a minute of silence where nothing else is configured', () => {
      expect(connector.defaults.blindAfterMs).toBeLessThanOrEqual(MINUTE_MS)
    })

    it.runIf(canRefuse)('ends for a person to act when the platform refuses access', async () => {
      const { platform, recorder, run } = await setUp()
      const running = run()
      running.catch(() => undefined)
      await vi.waitFor(() => expect(recorder.reports.some(({ state }) => state !== 'blind')).toBe(true), WAIT)
      platform.refuse?.()
      await expect(running).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('401') })
      await platform.close()
    })

    it.runIf(looksBack)('counts as backfill what it reads after a stop of an hour', async () => {
      const { platform, clock, recorder, abort, run } = await setUp()
      recorder.dieAtNextEmit('after-cursor')
      await expect(run()).rejects.toThrow(expect.any(Error))
      recorder.revive()
      const before = recorder.batches.length
      const running = run({ clock: { ...clock, now: () => clock.now() + HOUR_MS } })
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      abort.abort()
      await running
      const filled = recorder.batches.slice(before).filter(({ ids }) => ids.length > 0)
      expect(filled.length).toBeGreaterThan(0)
      expect(filled.every(({ backfill }) => backfill)).toBe(true)
      await platform.close()
    })

    it.runIf(edits)('carries an edit as a new revision of the same mention', async () => {
      const { platform, recorder, abort, run } = await setUp({ items: itemsOfChange })
      const running = run()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      const id = platform.edit!()
      const revisions = () => recorder.delivered.filter(({ mention }) => mention.id === id && mention.op !== 'delete')
      await vi.waitFor(() => expect(new Set(revisions().map(({ mention }) => mention.rev)).size).toBe(2), WAIT)
      expect(revisions().at(-1)!.mention.text).not.toBe(revisions().at(0)!.mention.text)
      abort.abort()
      await running
      await platform.close()
    })

    it.runIf(deletes)('carries a deletion as a tombstone without text', async () => {
      const { platform, recorder, abort, run } = await setUp({ items: itemsOfChange })
      const running = run()
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      const id = platform.remove!()
      const tombstones = () => recorder.delivered.filter(({ mention }) => mention.id === id && mention.op === 'delete')
      await vi.waitFor(() => expect(tombstones()).toHaveLength(1), WAIT)
      expect(tombstones()[0]!.mention.text).toBe('')
      abort.abort()
      await running
      await platform.close()
    })

    it.runIf(payload !== undefined)('reads hostile texts as text, or says why not', () => {
      for (const text of HOSTILE_TEXTS) {
        const { sightings, rejects } = connector.parse(payload!(text), PARSE_CONTEXT)
        expect(sightings.length + rejects.length).toBeGreaterThan(0)
        expect(sightings.every(({ mention }) => isMention(mention))).toBe(true)
      }
      const plain = '💥 Zahlung 支払い متجر שלום 𝒜'
      expect(connector.parse(payload!(plain), PARSE_CONTEXT).sightings[0]?.mention.text).toContain(plain)
    })

    it.runIf(payload !== undefined)('reads payloads with fields that are unknown, missing or of another kind', () => {
      const [known] = connector.parse(payload!(PLAIN_TEXT), PARSE_CONTEXT).sightings
      expect(known?.mention.text).toContain(PLAIN_TEXT)
      for (const changed of changedPayloads(payload!(PLAIN_TEXT))) {
        const { sightings, rejects } = connector.parse(changed.bytes, PARSE_CONTEXT)
        const valid = sightings.every(({ mention }) => isMention(mention))
        const told = rejects.every(({ reason, detail }) => reason.length > 0 && detail.length > 0)
        expect({ change: changed.change, valid, told }).toEqual({ change: changed.change, valid: true, told: true })
        const unchanged = changed.isHarmless ? sightings : [known]
        expect(unchanged).toEqual([known])
      }
    })

    it.runIf(looksBack)('reads everything where the clock of this machine is behind that of the platform', async () => {
      const { platform, clock, recorder, abort, run } = await setUp()
      const running = run({ clock: { ...clock, now: () => clock.now() - 2 * MINUTE_MS } })
      await vi.waitFor(allDelivered(recorder, platform.ids), WAIT)
      abort.abort()
      await running
      expect(recorder.ids()).toEqual(platform.ids)
      await platform.close()
    })

    it('rejects what is nested so deep that no stack holds it, and does not throw', () => {
      for (const depth of [1_000, 5_000, 50_000])
        for (const [before, after] of [
          ['', ''],
          ['{"id":1,"a":', '}'],
        ]) {
          const bytes = Buffer.from(`${before}${'['.repeat(depth)}${']'.repeat(depth)}${after}`)
          const { sightings, rejects } = connector.parse(bytes, PARSE_CONTEXT)
          expect({ depth, sightings: sightings.length, rejected: rejects.length > 0 }).toEqual({
            depth,
            sightings: 0,
            rejected: true,
          })
        }
    })

    it('parses any bytes without throwing, into valid mentions or rejects with a reason', () => {
      const anyBytes = fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
        fc.string().map((text) => Buffer.from(text)),
      )
      const everything = fc.property(anyBytes, (bytes) => {
        const { sightings, rejects } = connector.parse(bytes, PARSE_CONTEXT)
        return (
          sightings.every(({ mention }) => isMention(mention)) &&
          rejects.every(({ reason, detail }) => reason.length > 0 && detail.length > 0)
        )
      })
      expect(fc.check(everything)).toMatchObject({ failed: false })
    })
  })
}
