import { HOUR_MS, MINUTE_MS, type DetectionSettings } from '@outcry/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { somePost } from '../test/some-post.ts'
import type { NearBurst } from './near-burst.ts'
import { SuppressedLog } from './suppressed-log.ts'

const START = 480_000 * HOUR_MS
const settings = { falseAlarmProbability: 1e-6, minPeople: 4, reopenMs: 24 * HOUR_MS } as DetectionSettings
const logOf = () =>
  new SuppressedLog({
    brand: 'acme',
    name: (...parts) => parts.join(':'),
    describe: (posts) => ({ label: posts[0]!.excerpt, terms: ['parcel'] }),
    settings: () => settings,
  })

/** A burst of people, one a minute before `at`, about a topic of its own feature. */
const near = (at: number, own: Partial<NearBurst> = {}, topic = 1): NearBurst => {
  const observed = own.observed ?? 5
  return {
    reason: 'chance',
    rule: 'scan',
    issueType: null,
    windowMs: 30 * MINUTE_MS,
    observed,
    expected: 0.4,
    tailProbability: 10 ** -observed,
    members: Array.from({ length: observed }, (_, n) =>
      somePost({ person: n, key: n, at: at - n * MINUTE_MS, excerpt: `topic ${topic}` }),
    ),
    centroid: { size: 1, features: Int32Array.of(topic), weights: Float32Array.of(1) },
    ...own,
  }
}

describe('bursts that opened nothing', () => {
  it('are told once, at their strongest, half an hour after they came near', () => {
    const log = logOf()
    log.note(near(START, { observed: 4 }), START, 'm1')
    log.note(near(START + 5 * MINUTE_MS, { observed: 6 }), START + 5 * MINUTE_MS, 'm2')
    log.note(near(START + 9 * MINUTE_MS, { observed: 5 }), START + 9 * MINUTE_MS, 'm3')
    expect(log.due(START + 29 * MINUTE_MS)).toEqual([])
    const [burst, ...others] = log.due(START + 30 * MINUTE_MS)
    expect(others).toEqual([])
    expect(burst).toMatchObject({
      id: 'suppressed:scan::m1',
      at: START + 30 * MINUTE_MS,
      observed: 6,
      tailProbability: 1e-6,
      first: { source: 's', at: START },
    })
    expect(burst!.since).toBeGreaterThanOrEqual(START)
    expect(log.due(START + 31 * MINUTE_MS)).toEqual([])
  })

  it('say what decided, what was counted, since when, by whom first, and what would have changed it', () => {
    const log = logOf()
    log.note(near(START, { observed: 5, expected: 0.4, tailProbability: 6.1e-5 }), START, 'm1')
    const [{ needed, reasons } = { needed: 0, reasons: [] }] = log.due(START + HOUR_MS)
    expect(needed).toBe(6)
    expect(reasons).toEqual([
      'Chance could explain it: the odds are 1 in 16,000, and an issue opens below 1 in 130,000.',
      '5 different people wrote about it within 30 minutes; 0.4 were expected.',
      'It began about 23:56 UTC.',
      'The first post came from s at 23:56 UTC.',
      'With 6 people it would have opened.',
    ])
  })

  it('are not told where the same topic opened an issue meanwhile, or belongs to one', () => {
    const log = logOf()
    log.note(near(START), START, 'm1')
    log.note(near(START, {}, 2), START, 'm2')
    log.opened(near(START + MINUTE_MS))
    const known = near(START, {}, 3)
    log.note({ ...known, members: known.members.map((post) => ({ ...post, issue: 'open' })) }, START, 'm3')
    expect(log.due(START + HOUR_MS).map(({ id }) => id)).toEqual(['suppressed:scan::m2'])
  })

  it('name the dismissed issue they belong to', () => {
    const log = logOf()
    const { members } = near(START)
    log.note(
      near(START, { reason: 'dismissed', issueId: 'i1', members: members.map((post) => ({ ...post, issue: 'i1' })) }),
      START,
      'm1',
    )
    expect(log.due(START + HOUR_MS)).toMatchObject([{ reason: 'dismissed', issueId: 'i1' }])
  })

  it('stay few, are told once an hour a topic, and go on from a snapshot as if it had never been taken', () => {
    const step = fc.record({
      minute: fc.integer({ min: 1, max: 20 }),
      topic: fc.integer({ min: 1, max: 80 }),
      observed: fc.integer({ min: 4, max: 9 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let log = logOf()
        const straight = logOf()
        const told = new Map<string, number>()
        let now = START
        for (const [n, { minute, topic, observed }] of steps.entries()) {
          now += minute * MINUTE_MS
          const bursts = log.due(now)
          expect(straight.due(now)).toEqual(bursts)
          for (const { label, at } of bursts) {
            expect(at).toBeLessThanOrEqual(now)
            expect(at - (told.get(label) ?? 0)).toBeGreaterThanOrEqual(HOUR_MS)
            told.set(label, at)
          }
          for (const each of [log, straight]) each.note(near(now, { observed }, topic), now, `m${n}`)
          expect(log.size).toBeLessThanOrEqual(48)
          const next = logOf()
          next.unpack(log.pack())
          log = next
        }
      }),
      { numRuns: 30 },
    )
  })
})
