import { type BusRecord, HOUR_MS, type IssueEvent, MINUTE_MS, SECOND_MS, WEEK_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { START, heartbeat, madeMentions, mentionOf, recordsOf } from '../test/made-stream.ts'
import { type Effect, createPartitionEngine } from './index.ts'

const FIXED = START + 8 * HOUR_MS + 27 * MINUTE_MS
const FEWEST = 4
const TEXTS = [
  'checkout hangs after I press pay, nothing happens',
  'your checkout is broken, it hangs when I pay',
  'cannot pay, the checkout page hangs forever',
]
const WORDS = ['today', 'since noon', 'on my phone', 'again', 'please help', 'at home', 'with my card', 'for my mother']
const before = recordsOf(
  'acme',
  madeMentions(7).filter(({ eventTime }) => eventTime < FIXED),
).concat(heartbeat('acme', FIXED))

const run = (records: readonly BusRecord[], interruptAt = Infinity): Effect[] => {
  let engine = createPartitionEngine({ idKey: 'key' })
  return records.flatMap((record, at) => {
    if (at === interruptAt) {
      const [taken] = engine.snapshots()
      engine = createPartitionEngine({ idKey: 'key' })
      if (!engine.restore(taken!.brand, taken!.position, taken!.version, taken!.body)) throw new Error('not restored')
    }
    return engine.apply(at, START + WEEK_MS, record)
  })
}
const issuesIn = (effects: readonly Effect[]): IssueEvent[] =>
  effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event] : []))

const opened = issuesIn(run(before)).filter(({ kind }) => kind === 'opened')
const issueId = opened[0]!.issueId
const resolve: BusRecord = {
  v: 1,
  kind: 'command',
  brand: 'acme',
  commandId: 'fixed',
  command: { type: 'resolve', issueId },
}

type Late = { person: number; afterMs: number; text: number }
/** What people write after the resolution, and a clock that lets all of it be taken. */
const written = (late: readonly Late[]): BusRecord[] =>
  recordsOf(
    'acme',
    late
      .map(({ person, afterMs, text }, at) =>
        mentionOf(
          `late-${at}`,
          FIXED + afterMs,
          `${TEXTS[text % TEXTS.length]!} ${WORDS[at % WORDS.length]!}`,
          `late-${person}`,
        ),
      )
      .toSorted((a, b) => a.eventTime - b.eventTime),
  ).concat(heartbeat('acme', FIXED + 2 * HOUR_MS))
const lifeAfter = (late: readonly Late[]): IssueEvent[] =>
  issuesIn(run([...before, resolve, ...written(late)])).filter(({ at, kind }) => at > FIXED && kind !== 'resolved')

describe('an issue that a person resolved', () => {
  it('is one issue of more people than are needed', () => {
    expect(opened).toHaveLength(1)
    expect(opened[0]!.evidence.observed).toBeGreaterThanOrEqual(FEWEST)
  })

  it.each([10 * SECOND_MS, 75 * SECOND_MS])(
    'stays resolved when one person writes %i ms after it, who still belongs to it',
    (afterMs) => {
      const effects = run([...before, resolve, ...written([{ person: 1, afterMs, text: 0 }])])
      expect(issuesIn(effects).at(-1)).toMatchObject({ kind: 'resolved', commandId: 'fixed' })
      const late = effects.findLast((effect) => effect.type === 'mention' && effect.mention.id === 'late-0')
      expect(late).toMatchObject({ issueId })
    },
  )

  it('comes back under its id with a second wave, and tells of that wave alone', () => {
    const wave = Array.from({ length: 12 }, (_, n) => ({ person: n, afterMs: (5 + n) * MINUTE_MS, text: n }))
    const [again] = lifeAfter(wave)
    expect(again).toMatchObject({ kind: 'reopened', issueId })
    expect(again!.evidence.observed).toBeGreaterThanOrEqual(FEWEST)
    expect(again!.evidence.observed).toBeLessThanOrEqual(12)
    expect(again!.evidence.reasons[0]).toMatch(new RegExp(`^${again!.evidence.observed} different people complained`))
    expect(again!.evidence.mentionIds).toContain('late-0')
  })

  it('counts towards coming back only who wrote after it, the same in a rerun and after a restart', () => {
    const lateOnes = fc.array(
      fc.record({
        person: fc.nat(9),
        afterMs: fc.integer({ min: 1, max: 50 * MINUTE_MS }),
        text: fc.nat(2),
      }),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(lateOnes, fc.nat(40), (late, cut) => {
        const records = [...before, resolve, ...written(late)]
        const effects = run(records)
        expect(run(records, before.length + Math.min(cut, records.length - before.length - 1))).toEqual(effects)
        const after = issuesIn(effects).filter(({ at, kind }) => at > FIXED && kind !== 'resolved')
        expect(after.filter(({ kind }) => kind === 'opened')).toEqual([])
        const [again] = after
        if (again === undefined) return
        expect(again).toMatchObject({ kind: 'reopened', issueId })
        const people = new Set(late.filter(({ afterMs }) => FIXED + afterMs <= again.at).map(({ person }) => person))
        expect(people.size).toBeGreaterThanOrEqual(FEWEST)
        expect(again.evidence.observed).toBeGreaterThanOrEqual(FEWEST)
        expect(again.evidence.observed).toBeLessThanOrEqual(people.size)
      }),
      { numRuns: 8 },
    )
  }, 60_000)
})
