import { type BusRecord, HOUR_MS, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { START, heartbeat, madeMentions, mentionOf, mentionRecord, recordsOf } from '../test/made-stream.ts'
import { type Effect, type PartitionEngine, createPartitionEngine } from './index.ts'

const newEngine = (idKey = 'key') => createPartitionEngine({ idKey })
const far = START + 10 * WEEK_MS

const run = (records: readonly BusRecord[], engine: PartitionEngine = newEngine(), from = 0): Effect[] =>
  records.flatMap((record, at) => engine.apply(from + at, far, record))

const issuesIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event] : []))
const ofKind = (effects: readonly Effect[], type: Effect['type']) => effects.filter((effect) => effect.type === type)

const seeds = fc.integer({ min: 1, max: 1_000_000 })
const few = { numRuns: 12 }

describe('the partition engine', () => {
  it('opens one issue for many people with one complaint, says why, and nothing on quiet talk', () => {
    const effects = run(recordsOf('acme', madeMentions(7)))
    const opened = issuesIn(effects).filter(({ kind }) => kind === 'opened')
    expect(opened).toHaveLength(1)
    const { evidence, at } = opened[0]!
    expect(evidence.label.toLowerCase()).toContain('checkout')
    expect(evidence.mentionIds.every((id) => id.startsWith('burst-'))).toBe(true)
    expect(evidence.observed).toBeGreaterThanOrEqual(4)
    expect(evidence.reasons[0]).toMatch(/people complained within (15|30|60) minutes; .* expected/)
    expect(at).toBeLessThan(START + 8 * HOUR_MS + 30 * MINUTE_MS)
  })

  it('never dates a fact before a mention that it uses', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const mentions = madeMentions(seed)
        const times = new Map(mentions.map(({ id, eventTime }) => [id, eventTime]))
        for (const { at, evidence } of issuesIn(run(recordsOf('acme', mentions)))) {
          for (const id of evidence.mentionIds) expect(times.get(id)).toBeLessThanOrEqual(at)
        }
      }),
      few,
    )
  })

  it('counts an event once, however often it is delivered', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = recordsOf('acme', madeMentions(seed))
        const twice: BusRecord[] = records.flatMap((record): BusRecord[] =>
          record.kind === 'mention' ? [record, record] : [record],
        )
        const effects = run(twice)
        expect(issuesIn(effects)).toEqual(issuesIn(run(records)))
        expect(ofKind(effects, 'counted')).toHaveLength(records.filter(({ kind }) => kind === 'mention').length)
      }),
      few,
    )
  })

  it('passes over what a restored snapshot already holds', () => {
    const records = recordsOf('acme', madeMentions(3))
    const first = newEngine()
    run(records, first)
    const [snapshot] = first.snapshots()
    const second = newEngine()
    expect(second.restore('acme', snapshot!.position, snapshot!.version, snapshot!.body)).toBe(true)
    expect(run(records, second)).toEqual([])
  })

  it('refuses snapshots of another version and damaged ones', () => {
    const engine = newEngine()
    run(recordsOf('acme', madeMentions(3)), engine)
    const { version, body } = engine.snapshots()[0]!
    expect(newEngine().restore('acme', 1, version + 1, body)).toBe(false)
    expect(newEngine().restore('acme', 1, version, body.slice(0, body.length / 2))).toBe(false)
  })

  it('keeps one brand from touching another', () => {
    const mentions = madeMentions(5)
    const both = mentions.flatMap((mention) => [
      mentionRecord('acme', mention),
      mentionRecord('other', { ...mention, text: 'lovely, thank you so much' }),
      heartbeat('acme', mention.eventTime),
      heartbeat('other', mention.eventTime),
    ])
    const alone = mentions.flatMap((mention) => [mentionRecord('acme', mention), heartbeat('acme', mention.eventTime)])
    const events = issuesIn(run(both))
    expect(events.filter(({ brand }) => brand === 'acme')).toEqual(issuesIn(run(alone)))
    expect(events.filter(({ brand }) => brand === 'other')).toEqual([])
  })
})

describe('late, backfilled, edited and deleted mentions', () => {
  it('inserts a late mention of the last hour and only counts an older one', () => {
    const engine = newEngine()
    run([heartbeat('acme', START + 5 * HOUR_MS)], engine)
    const late = run([mentionRecord('acme', mentionOf('a', START + 4.5 * HOUR_MS, 'checkout hangs', 'p'))], engine, 1)
    expect(late.map(({ type }) => type)).toEqual(['counted', 'mention'])
    const old = run([mentionRecord('acme', mentionOf('b', START + HOUR_MS, 'checkout hangs', 'p'))], engine, 2)
    expect(old.map(({ type }) => type)).toEqual(['counted'])
  })

  it('refuses times far ahead of the bus', () => {
    const engine = newEngine()
    const ahead = engine.apply(0, START, heartbeat('acme', START + 61_000))
    expect(ahead).toEqual([{ type: 'counted', brand: 'acme', what: 'refused', count: 1 }])
    const mention = mentionRecord('acme', mentionOf('a', START + 61_000, 'checkout hangs', 'p'))
    expect(engine.apply(1, START, mention)).toEqual(ahead)
  })

  it('lets go of a drill that has been silent for half an hour, also of a restored one', () => {
    const engine = newEngine()
    const shadow = 'acme#drill-1'
    const held = (engine: PartitionEngine) => [...engine.statistics().keys()]
    const beat = (on: PartitionEngine, position: number, minutes: number) =>
      on.apply(position, START + minutes * MINUTE_MS, heartbeat('acme', START + minutes * MINUTE_MS))
    engine.apply(0, START, mentionRecord(shadow, mentionOf('m', START, 'checkout is down', 'ann')))
    beat(engine, 1, 29)
    expect(held(engine)).toEqual([shadow, 'acme'])
    const { body, version } = engine.snapshots().find(({ brand }) => brand === shadow)!
    beat(engine, 2, 30)
    expect(held(engine)).toEqual(['acme'])
    expect(engine.snapshots().map(({ brand }) => brand)).toEqual(['acme'])

    const second = newEngine()
    second.restore(shadow, 0, version, body)
    beat(second, 1, 60)
    expect(held(second)).toEqual([shadow, 'acme'])
    beat(second, 2, 90)
    expect(held(second)).toEqual(['acme'])
  })

  it('never opens an issue on backfilled mentions alone', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = madeMentions(seed).flatMap((mention) => [
          mentionRecord('acme', mention, mention.id.startsWith('burst')),
          heartbeat('acme', mention.eventTime),
        ])
        const evidence = issuesIn(run(records)).flatMap((event) => event.evidence.mentionIds)
        expect(evidence.filter((id) => id.startsWith('burst'))).toEqual([])
      }),
      few,
    )
  })

  it('acts as if a mention that was deleted before its time had never been written', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const mentions = madeMentions(seed)
        const gone = (id: string) => id.startsWith('burst')
        const records = mentions.flatMap((mention) => [
          mentionRecord('acme', mention),
          ...(gone(mention.id)
            ? [mentionRecord('acme', { ...mention, op: 'delete' as const, text: '', rev: '2' })]
            : []),
          heartbeat('acme', mention.eventTime),
        ])
        const effects = run(records)
        const evidence = issuesIn(effects).flatMap((event) => event.evidence.mentionIds)
        expect(evidence.filter(gone)).toEqual([])
        expect(ofKind(effects, 'forget')).toHaveLength(20)
      }),
      few,
    )
  })

  it.each([
    ['counts a mention again that an edit brings back to the brand', true, []],
    ['counts nothing of a mention that was deleted', false, ['duplicate']],
  ])('%s', (_what, movedAway, counted) => {
    const mention = madeMentions(3)[0]!
    const left = { ...mention, op: 'delete' as const, rev: '2', text: '', ...(movedAway ? { movedAway } : {}) }
    const back = { ...mention, op: 'update' as const, rev: '3' }
    const effects = run([mention, left, back].map((each) => mentionRecord('acme', each)))
    expect(ofKind(effects, 'counted').map((effect) => 'what' in effect && effect.what)).toEqual(counted)
  })

  it('takes deleted posts, and all posts of a deleted account, out of the evidence', () => {
    const engine = newEngine()
    const records = recordsOf('acme', madeMentions(7))
    const [opened] = issuesIn(run(records, engine))
    const [first, second] = opened!.evidence.mentionIds as [string, string]
    const at = START + 11 * HOUR_MS
    const remove = (id: string, extra = {}) =>
      mentionRecord('acme', mentionOf(id, at, '', '', { op: 'delete', rev: '9', ...extra }))
    const forgotten = run([remove(first)], engine, 1_000)
    expect(forgotten).toEqual([{ type: 'forget', brand: 'acme', mentionIds: [first] }])
    const author = { author: { id: second.replace('burst', 'buyer') }, deleteAuthor: true }
    expect(run([remove('account', author)], engine, 1_001)).toEqual([
      { type: 'forget', brand: 'acme', mentionIds: [second] },
    ])
    const resolve: BusRecord = {
      v: 1,
      kind: 'command',
      brand: 'acme',
      commandId: 'c',
      command: { type: 'resolve', issueId: opened!.issueId },
    }
    const [resolved] = issuesIn(run([resolve], engine, 1_002))
    expect(resolved!.evidence.mentionIds).not.toContain(first)
    expect(resolved!.evidence.mentionIds).not.toContain(second)
    expect(resolved!.evidence.exemplars.map(({ mentionId }) => mentionId)).not.toContain(first)
  })

  it('lets an edit replace what was there', () => {
    const mentions = madeMentions(7)
    const records = mentions.flatMap((mention) => [
      mentionRecord('acme', mention),
      ...(mention.id.startsWith('burst')
        ? [
            mentionRecord('acme', {
              ...mention,
              op: 'update' as const,
              rev: '2',
              text: 'all good now, thank you',
              eventTime: mention.eventTime + 1,
            }),
          ]
        : []),
      heartbeat('acme', mention.eventTime),
    ])
    expect(issuesIn(run(records))).toEqual([])
  })

  it('lets an edit of the same time replace its post also while both wait, whichever revision sorts first', () => {
    const post = madeMentions(3)[0]!
    for (const [first, second] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const edit = { ...post, op: 'update' as const, rev: second, text: 'all good now, thank you' }
      const records = [{ ...post, rev: first }, edit].map((each) => mentionRecord('acme', each))
      const effects = run([...records, heartbeat('acme', post.eventTime + HOUR_MS)])
      const texts = ofKind(effects, 'mention').map((effect) => 'mention' in effect && effect.mention.text)
      expect(texts).toEqual(['all good now, thank you'])
    }
  })
})
