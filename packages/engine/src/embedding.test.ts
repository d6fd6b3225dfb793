import { type BusRecord, HOUR_MS, MINUTE_MS, type Mention, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { START, createDice, heartbeat, madeMentions, mentionOf, mentionRecord } from '../test/made-stream.ts'
import { type Effect, createPartitionEngine, defaultDetectionSettings } from './index.ts'

type Ask = Extract<Effect, { type: 'embed' }>

const MODEL = 'fake'
/** People who say one thing, each in other words. */
const SAID = [
  'the tortoise icon never stops spinning, terrible',
  'my basket is stuck, useless',
  'it froze halfway, what a disgrace',
  'stuck at step three, awful',
  'horrible, nothing reacts when I click',
  'pathetic, a blank screen again',
  'third attempt failed, so annoyed',
  'why does your page crash, rubbish',
  'unbearable, all buttons are dead',
  'shameful, endless loading bar',
]

const settingsOf = (perMinute = 50) => ({ ...defaultDetectionSettings(), embedding: { model: MODEL, perMinute } })

/** Ten hours: quiet talk, and from the eighth hour people who mean the same. */
const stream = (seed: number): Mention[] => {
  const dice = createDice(seed)
  const quiet = madeMentions(seed).filter(({ id }) => !id.startsWith('burst-'))
  const same = SAID.map((text, at) =>
    mentionOf(`same-${at}`, START + 8 * HOUR_MS + dice(20 * MINUTE_MS), text, `person-of-${at}`),
  )
  return [...quiet, ...same].sort((a, b) => a.eventTime - b.eventTime || (a.id < b.id ? -1 : 1))
}

/** A model: what people of the burst say is one direction, everything else its own. */
const directionOf = (text: string): string => {
  const axis = SAID.includes(text) ? 0 : 1 + ((text.length * 7 + text.charCodeAt(0)) % 15)
  const bytes = Int8Array.from({ length: 16 }, (_, at) => (at === axis ? 127 : 0))
  return Buffer.from(bytes.buffer).toString('base64')
}

const answerTo = ({ brand, mentionId, rev, text }: Ask, model = MODEL): BusRecord => ({
  v: 1,
  kind: 'embedding',
  brand,
  mentionId,
  rev,
  model,
  vector: directionOf(text),
})

/** The log as it comes about, with the answers where a worker would append them: at once, or `lateMs` of the brand's time later. */
const live = (mentions: readonly Mention[], options: { perMinute?: number; lateMs?: number; model?: string } = {}) => {
  const { perMinute = 50, lateMs = 0, model = MODEL } = options
  const engine = createPartitionEngine({ idKey: 'key', settings: settingsOf(perMinute) })
  const log: BusRecord[] = []
  const effects: Effect[] = []
  let waiting: { ask: Ask; dueMs: number }[] = []
  const apply = (record: BusRecord) => {
    log.push(record)
    const made = engine.apply(log.length - 1, START + WEEK_MS, record)
    effects.push(...made)
    for (const effect of made)
      if (effect.type === 'embed') waiting.push({ ask: effect, dueMs: effect.eventTime + lateMs })
  }
  const answer = (at: number) => {
    const due = waiting.filter(({ dueMs }) => dueMs <= at)
    waiting = waiting.filter(({ dueMs }) => dueMs > at)
    for (const { ask } of due) apply(answerTo(ask, model))
  }
  const beat = (at: number) => {
    apply(heartbeat('acme', at))
    answer(at)
  }
  for (const mention of mentions) {
    beat(mention.eventTime)
    apply(mentionRecord('acme', mention))
    answer(mention.eventTime)
  }
  const end = START + 10 * HOUR_MS + 5 * MINUTE_MS
  for (let at = end - 4 * MINUTE_MS; at <= end; at += 10_000) beat(at)
  return { log, effects }
}

const openedIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'issue' && effect.event.kind === 'opened' ? [effect.event] : []))
const asksIn = (effects: readonly Effect[]) => effects.filter((effect) => effect.type === 'embed')

const seeds = fc.integer({ min: 1, max: 1_000_000 })
const few = { numRuns: 12 }

describe('meaning', () => {
  it('brings together what people say in different words, where words alone see nothing', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const ofTheBurst = (effects: readonly Effect[]) =>
          openedIn(effects).filter(({ evidence }) => evidence.mentionIds.some((id) => id.startsWith('same-')))
        const opened = ofTheBurst(live(stream(seed)).effects)
        expect(opened).toHaveLength(1)
        expect(opened[0]!.evidence.mentionIds.every((id) => id.startsWith('same-'))).toBe(true)
        expect(ofTheBurst(live(stream(seed), { lateMs: HOUR_MS }).effects)).toEqual([])
      }),
      few,
    )
  })

  it('decides nothing when the answer comes after the mention was taken, or is of another model', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { reorderMs } = defaultDetectionSettings()
        const late = live(stream(seed), { lateMs: reorderMs + 10_000 }).effects
        const other = live(stream(seed), { model: 'another' }).effects
        const never = live(stream(seed), { lateMs: WEEK_MS }).effects
        expect(late).toEqual(never)
        expect(other).toEqual(never)
      }),
      few,
    )
  })

  it('decides the same again from the same log', () => {
    const { log, effects } = live(stream(3))
    const again = createPartitionEngine({ idKey: 'key', settings: settingsOf() })
    expect(log.flatMap((record, at) => again.apply(at, START + WEEK_MS, record))).toEqual(effects)
  })

  it('goes on from a snapshot as if it had never stopped', () => {
    const { log } = live(stream(3))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: log.length }), (stop) => {
        const first = createPartitionEngine({ idKey: 'key', settings: settingsOf() })
        const second = createPartitionEngine({ idKey: 'key', settings: settingsOf() })
        const run = (engine: typeof first, records: readonly BusRecord[], from: number) =>
          records.flatMap((record, at) => engine.apply(from + at, START + WEEK_MS, record))
        run(first, log.slice(0, stop), 0)
        for (const { brand, position, version, body } of first.snapshots())
          expect(second.restore(brand, position, version, body)).toBe(true)
        expect(run(second, log.slice(stop), stop)).toEqual(run(first, log.slice(stop), stop))
        expect(second.snapshots()).toEqual(first.snapshots())
      }),
      few,
    )
  })

  it('is asked about at most as often as the budget of a minute of the brand allows', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 6 }), (seed, perMinute) => {
        const dice = createDice(seed)
        const busy = Array.from({ length: 200 }, (_, at) =>
          mentionOf(
            `busy-${at}`,
            START + dice(10 * MINUTE_MS),
            `does not work at all, refund me, case ${at}`,
            `p${at}`,
          ),
        ).sort((a, b) => a.eventTime - b.eventTime)
        const clockOf = new Map<string, number>()
        let clock = 0
        for (const record of live(busy, { perMinute }).log) {
          if (record.kind === 'heartbeat') clock = record.sourceTime
          else if (record.kind === 'mention') clockOf.set(record.mention.id, clock)
        }
        const asks = asksIn(live(busy, { perMinute }).effects)
        const minutes = Map.groupBy(asks, ({ mentionId }) => Math.floor(clockOf.get(mentionId)! / MINUTE_MS))
        expect(minutes.size).toBeGreaterThan(5)
        for (const asked of minutes.values()) expect(asked.length).toBeLessThanOrEqual(perMinute)
      }),
      few,
    )
  })

  it('is asked only where it may change a decision', () => {
    const engine = createPartitionEngine({ idKey: 'key', settings: settingsOf() })
    const asked = (text: string, extra: Partial<Mention> = {}, backfill = false) => {
      const mention = mentionOf(`${text}${JSON.stringify(extra)}${backfill}`, START, text, 'someone', extra)
      return asksIn(engine.apply(0, START + WEEK_MS, mentionRecord('acme', mention, backfill))).length
    }
    const complaint = 'your app crashes all the time, useless, I want a refund'
    expect(asked(complaint)).toBe(1)
    expect(asked('what a lovely morning, thank you all')).toBe(0)
    expect(asked(complaint, { repostOf: 'other' })).toBe(0)
    expect(asked(complaint, {}, true)).toBe(0)
  })

  it('is never asked about without a model in the settings', () => {
    const engine = createPartitionEngine({ idKey: 'key' })
    const records = stream(3).map((mention) => mentionRecord('acme', mention))
    expect(asksIn(records.flatMap((record, at) => engine.apply(at, START + WEEK_MS, record)))).toEqual([])
  })
})
