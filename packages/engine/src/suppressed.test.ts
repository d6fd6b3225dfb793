import { type BusRecord, HOUR_MS, type Mention, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START, heartbeat, madeMentions, mentionOf, mentionRecord, recordsOf } from '../test/made-stream.ts'
import { type Effect, createPartitionEngine } from './index.ts'

const PASTED =
  'Shame on this shop, my parcel never arrived and support refuses to refund the money, boycott them now, they steal from us all'
const WORDS = PASTED.split(' ')
/** The pasted text with two words changed, another two each time. */
const edited = (n: number) =>
  WORDS.map((word, at) =>
    at === (5 * n) % WORDS.length || at === (7 * n + 3) % WORDS.length ? `really${n}` : word,
  ).join(' ')

const QUIET = madeMentions(5).filter(({ id }) => !id.startsWith('burst-'))
const LATE_EVENING = START + 8 * HOUR_MS
const crowd = (size: number, text: (n: number) => string): Mention[] =>
  Array.from({ length: size }, (_, n) => mentionOf(`crowd-${n}`, LATE_EVENING + n * MINUTE_MS, text(n), `one-${n}`))
const OUTAGE = [
  'checkout hangs after I press pay, nothing happens on my phone',
  'your checkout is broken, it hangs when I want to pay',
  'cannot pay for my order, the checkout page hangs forever',
  'the checkout hangs again, third try to pay today',
  'pay button does nothing here and the checkout hangs',
  'paying is impossible, your checkout hangs on the last page',
]

const OWN_WORDS = [
  'somebody else has access to my card and pays with it',
  'my card pays for somebody else, who has access to it',
  'please help, somebody pays with my card, I gave nobody access',
]

const run = (records: readonly BusRecord[]) => {
  const engine = createPartitionEngine({ idKey: 'key' })
  const effects: Effect[] = []
  records.forEach((record, at) => effects.push(...engine.apply(at, START + WEEK_MS, record)))
  const opened = effects.flatMap((effect) =>
    effect.type === 'issue' && effect.event.kind === 'opened' ? [effect.event] : [],
  )
  // Quiet talk comes near by chance too, now and then: what is asked for is the evening.
  const suppressed = effects.flatMap((effect) =>
    effect.type === 'suppressed' && effect.burst.since >= LATE_EVENING - HOUR_MS ? [effect.burst] : [],
  )
  return { engine, opened, suppressed, next: records.length }
}
const withCrowd = (mentions: readonly Mention[]): BusRecord[] => [
  ...recordsOf(
    'acme',
    [...QUIET, ...mentions].sort((a, b) => a.eventTime - b.eventTime),
  ),
  heartbeat('acme', START + 12 * HOUR_MS),
]

describe('what opens as doubtful, and what opens nothing and says so', () => {
  it('one text with a few words changed by twenty-five accounts is a coordinated incident', () => {
    const { opened } = run(withCrowd(crowd(25, edited)))
    expect(opened).toHaveLength(1)
    expect(opened[0]).toMatchObject({ severity: 'incident', evidence: { authenticity: 'coordinated' } })
    expect(opened[0]!.evidence.reasons.join(' ')).toContain('It looks organised')
  })

  it('the same by eight accounts opens nothing, and is told with what would have changed it', () => {
    const { opened, suppressed } = run(withCrowd(crowd(8, edited)))
    expect(opened).toEqual([])
    expect(suppressed).toMatchObject([{ reason: 'few-accounts', first: { source: 'file', at: LATE_EVENING } }])
    expect(suppressed[0]!.reasons.at(-1)).toBe('From 20 accounts on it is shown as a campaign.')
  })

  it('one angry author with thirty posts opens nothing, and is told as one person', () => {
    const storm = crowd(30, (n) => `${OUTAGE[n % 6]!}, complaint ${n}`).map((mention) => ({
      ...mention,
      author: { id: 'angry' },
    }))
    const { opened, suppressed } = run(withCrowd(storm))
    expect(opened).toEqual([])
    expect(suppressed).toMatchObject([{ reason: 'too-few-people', observed: 1 }])
    expect(suppressed[0]!.reasons[0]).toMatch(/^\d+ posts came from only 1 person\.$/)
  })

  it('one text forty times by three accounts opens nothing, and is told as theirs', () => {
    const storm = crowd(40, () => PASTED).map((mention, n) => ({ ...mention, author: { id: `pasting-${n % 3}` } }))
    const { opened, suppressed } = run(withCrowd(storm))
    expect(opened).toEqual([])
    expect(suppressed).toMatchObject([{ reason: 'few-accounts', observed: 3 }])
  })

  it('three accounts that paste a text and two who write nearly the same are three voices, not five', () => {
    const text = 'I think that somebody else has access to my card and pays with it'
    const pasted = ['', ' pls', ' @shop', ' #fail', '!!', ' help'].map((tail, n) =>
      mentionOf(`pasted-${n}`, LATE_EVENING + n * MINUTE_MS, text + tail, `pasting-${n % 3}`),
    )
    const own = [
      'has somebody else access to my card, it pays things',
      'I think my card pays for somebody else now',
    ].map((words, n) => mentionOf(`own-${n}`, LATE_EVENING + (7 + n) * MINUTE_MS, words, `own-${n}`))
    expect(run(withCrowd([...pasted, ...own])).opened).toEqual([])
    const strangers = pasted.slice(0, 3).map((mention, n) => ({ ...mention, text: OWN_WORDS[n]! }))
    expect(run(withCrowd([...strangers, ...own])).opened).toHaveLength(1)
  })

  it('angry posts around a giveaway open nothing as a promotion', () => {
    const hooks = ['giveaway', 'enter to win', 'follow and retweet', 'link in bio', 'shop now', 'use code']
    const { opened, suppressed } = run(withCrowd(crowd(18, (n) => `${OUTAGE[n % 6]!} number ${n}, ${hooks[n % 6]!}`)))
    expect(opened).toEqual([])
    expect(suppressed.map(({ reason }) => reason)).toContain('promotion')
  })

  it('what was read late does not open with the help of one post that is live', () => {
    const late = crowd(18, (n) => `${OUTAGE[n % 6]!} number ${n}`)
    const live = mentionOf('live', LATE_EVENING + 19 * MINUTE_MS, 'your checkout hangs, I cannot pay', 'live-one')
    const records = [
      ...recordsOf(
        'acme',
        QUIET.filter(({ eventTime }) => eventTime < LATE_EVENING),
      ),
      ...late.map((mention) => mentionRecord('acme', mention, true)),
      mentionRecord('acme', live),
      heartbeat('acme', START + 12 * HOUR_MS),
    ]
    const { opened, suppressed } = run(records)
    expect(opened).toEqual([])
    expect(suppressed).toMatchObject([{ reason: 'late' }])
  })

  it('what a person dismissed stays quiet and is told as belonging to it', () => {
    const { engine, opened, next } = run(
      recordsOf(
        'acme',
        [...QUIET.filter(({ eventTime }) => eventTime < LATE_EVENING), ...crowd(12, (n) => OUTAGE[n % 6]!)].sort(
          (a, b) => a.eventTime - b.eventTime,
        ),
      ),
    )
    const [issue] = opened
    const dismiss: BusRecord = {
      v: 1,
      kind: 'command',
      brand: 'acme',
      commandId: 'c1',
      command: { type: 'dismiss', issueId: issue!.issueId, reason: 'a drill' },
    }
    const more = Array.from({ length: 12 }, (_, n) =>
      mentionOf(
        `more-${n}`,
        LATE_EVENING + (20 + n) * MINUTE_MS,
        `${OUTAGE[n % 6]!}, try number ${n} of today`,
        `two-${n}`,
      ),
    )
    const records = [dismiss, ...recordsOf('acme', more), heartbeat('acme', START + 12 * HOUR_MS)]
    const effects = records.flatMap((record, at) => engine.apply(next + at, START + WEEK_MS, record))
    const kinds = effects.flatMap((effect) => (effect.type === 'issue' ? [effect.event.kind] : []))
    expect(kinds).toEqual(['dismissed'])
    const told = effects.flatMap((effect) => (effect.type === 'suppressed' ? [effect.burst] : []))
    expect(told).toMatchObject([{ reason: 'dismissed', issueId: issue!.issueId }])
  })

  it('what opens is not told as suppressed as well', () => {
    const { opened, suppressed } = run(withCrowd(crowd(18, (n) => `${OUTAGE[n % 6]!} number ${n}`)))
    expect(opened).toHaveLength(1)
    expect(suppressed).toEqual([])
  })
})
