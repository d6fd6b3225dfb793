import { type BusRecord, HOUR_MS, type IssueEvent, type Mention, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { describe, expect, it } from 'vitest'
import { START, createDice, heartbeat, madeMentions, mentionOf, recordsOf } from '../test/made-stream.ts'
import { createPartitionEngine } from './index.ts'

const SYLLABLES = ['ba', 'ko', 'ri', 'tu', 'ne', 'sa', 'mo', 'li', 'da', 'fu']
/** A word for each number. */
const wordOf = (n: number): string => Array.from(String(n + 1_000), (digit) => SYLLABLES[Number(digit)]).join('')
const OUTAGE = [
  'checkout hangs after I press pay, nothing happens on my phone',
  'your checkout is broken, it hangs when I want to pay',
  'cannot pay for my order, the checkout page hangs forever',
  'the checkout hangs again, third try to pay today',
  'pay button does nothing here and the checkout hangs',
  'paying is impossible, your checkout hangs on the last page',
]
const DELAYS = [
  'my bus is two hours late and nobody tells us anything, awful',
  'stuck at the station because of another delay, this is ridiculous',
  'still waiting for the driver since noon, what a shame',
  'delayed again, I will miss my appointment thanks to you',
  'hours late for the third time this week, I am furious',
  'we are stranded in the cold, worst evening ever',
  'why does every trip end with a delay, so annoying',
  'the wait time is a joke, still waiting in the rain with two kids',
]
const BUS = [
  'bus 42 broke down in the tunnel, stuck in the dark for an hour',
  'stuck in the tunnel with bus 42, engine smokes, no driver in sight',
  'we sit in bus 42 in the tunnel and nothing moves, stranded',
  'tunnel blocked by bus 42, everybody is stranded in it',
  'bus 42 stands in the tunnel since nine, still waiting for a tow',
]
const QUIET = madeMentions(5).filter(({ id }) => !id.startsWith('burst-'))

const ANGER = [
  'is terrible, I am furious about',
  'was the worst ever, so disappointed by',
  'is a disgrace, never again',
  'is awful and useless, shame on',
  'made me so angry, horrible',
  'is ridiculous, pathetic, unacceptable',
]
/** Complaints that have next to no word in common. */
const STORM = Array.from(
  { length: 60 },
  (_, n) => `${wordOf(7 * n)} ${wordOf(11 * n + 3)} ${ANGER[n % 6]} ${wordOf(13 * n + 5)} ${wordOf(17 * n + 1)}`,
)

/** `size` people who each write one of the texts, evenly over `minutes`. */
const crowd = (name: string, size: number, texts: readonly string[], fromMs: number, minutes: number): Mention[] =>
  Array.from({ length: size }, (_, n) =>
    mentionOf(
      `${name}-${n}`,
      START + fromMs + Math.floor((n * minutes * MINUTE_MS) / size),
      `${texts[n % texts.length]!} ${wordOf(19 * n)} ${wordOf(23 * n + 2)} ${wordOf(29 * n + 4)}`,
      `${name}-person-${n}`,
    ),
  )

const eventsOf = (mentions: readonly Mention[], untilMs = 14 * HOUR_MS): IssueEvent[] => {
  const engine = createPartitionEngine({ idKey: 'key' })
  const sorted = mentions.toSorted((a, b) => a.eventTime - b.eventTime || (a.id < b.id ? -1 : 1))
  const records: BusRecord[] = [...recordsOf('acme', sorted), heartbeat('acme', START + untilMs)]
  return records.flatMap((record, at) =>
    engine.apply(at, START + WEEK_MS, record).flatMap((effect) => (effect.type === 'issue' ? [effect.event] : [])),
  )
}
const openedBy = (mentions: readonly Mention[]) => eventsOf(mentions).filter(({ kind }) => kind === 'opened')

describe('an issue that comes back', () => {
  it.each([
    ['of the same words', OUTAGE],
    ['of the same type', DELAYS],
  ])('90 minutes after the first wave ended is one more, which names the first: %s', (_, texts) => {
    const first = crowd('first', 24, texts, 6 * HOUR_MS, 40)
    const second = crowd('second', 24, texts, 6 * HOUR_MS + 130 * MINUTE_MS, 40)
    const opened = openedBy([...QUIET, ...first, ...second])
    expect(opened).toHaveLength(2)
    expect(opened[1]!.recurrenceOf).toBe(opened[0]!.issueId)
    expect(opened[1]!.evidence.mentionIds.every((id) => !id.startsWith('first'))).toBe(true)
  })

  it.each([
    ['of the same words', OUTAGE],
    ['of the same type', DELAYS],
  ])('after half an hour is still the first: %s', (_, texts) => {
    const first = crowd('first', 24, texts, 6 * HOUR_MS, 40)
    const second = crowd('second', 24, texts, 6 * HOUR_MS + 70 * MINUTE_MS, 40)
    expect(openedBy([...QUIET, ...first, ...second])).toHaveLength(1)
  })
})

describe('what overlaps', () => {
  it('a narrow trouble and the known kind it belongs to are one issue', () => {
    const broad = crowd('broad', 24, DELAYS, 6 * HOUR_MS, 60)
    const narrow = crowd('narrow', 12, BUS, 6 * HOUR_MS + 20 * MINUTE_MS, 30)
    expect(openedBy([...QUIET, ...broad, ...narrow])).toHaveLength(1)
  })

  it('the same when the narrow one was there first', () => {
    const narrow = crowd('narrow', 10, BUS, 6 * HOUR_MS, 15)
    const broad = crowd('broad', 60, DELAYS, 6 * HOUR_MS + 16 * MINUTE_MS, 40)
    const opened = openedBy([...QUIET, ...narrow, ...broad])
    expect(opened.map(({ evidence }) => evidence.rule)).toEqual(['scan'])
  })

  it('everything at once does not open beside the issue that most of it is about', () => {
    const opened = openedBy([...QUIET, ...crowd('one', 60, OUTAGE, 6 * HOUR_MS, 60)])
    expect(opened).toHaveLength(1)
    expect(opened[0]!.evidence.issueType).not.toBe('any')
  })

  it('everything at once is one issue', () => {
    const opened = openedBy([...QUIET, ...crowd('storm', 60, STORM, 6 * HOUR_MS, 60)])
    expect(opened.map(({ evidence }) => evidence.issueType)).toEqual(['any'])
  })
})

describe('the first hours of a brand', () => {
  const TALK = [
    'my newsletter comes twice, annoying',
    'the blue jacket has a bad colour, disappointed',
    'gift wrapping at the counter was awful',
    'the points on my member card are wrong again',
    'the opening hours on the door are wrong',
    'size chart for running shoes is useless',
    'the music in the shop is far too loud',
    'the car park was full and dirty again',
    'your catalogue smells of paint, horrible',
    'the escalator makes a terrible noise',
  ]
  const UNKNOWN = [
    'the fountain in the hall sprays everyone with purple water',
    'got soaked by the purple fountain in your hall, ruined my coat',
    'why does the hall fountain spray purple water, my shoes are ruined',
    'purple water from the fountain all over the children, shame on you',
    'fountain in your hall is broken and sprays purple water on visitors',
  ]
  const talk = (seed: number, perHour: number, hours: number): Mention[] => {
    const dice = createDice(seed)
    return Array.from({ length: perHour * hours }, (_, n) =>
      mentionOf(`talk-${n}`, START + dice(hours * HOUR_MS), `${TALK[dice(TALK.length)]!} ${n}`, `talker-${n}`),
    )
  }

  it.each([30, 300])('open nothing while they are as they will always be, at %i an hour', (perHour) => {
    for (const seed of [3, 4]) expect(openedBy(talk(seed, perHour, perHour > 100 ? 3 : 8))).toEqual([])
  })

  it.each([
    [45, OUTAGE],
    [90, OUTAGE],
    [90, UNKNOWN],
    [290, UNKNOWN],
  ])('open what half of all write about, from minute %i on, whether or not it is of a known type', (minute, texts) => {
    const burst = crowd('burst', 30, texts, minute * MINUTE_MS, 40)
    const opened = openedBy([...talk(9, 30, 7), ...burst])
    expect(opened).toHaveLength(1)
    expect(opened[0]!.at).toBeLessThan(START + (minute + 41) * MINUTE_MS)
    expect(opened[0]!.evidence.mentionIds.filter((id) => id.startsWith('burst')).length).toBeGreaterThan(4)
    expect(opened[0]!.evidence.reasons.join(' ')).toContain('The brand is new here')
  })
})
