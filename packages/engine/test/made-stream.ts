import { type BusRecord, HOUR_MS, MINUTE_MS, type Mention } from '@outcry/contracts'

export const START = Date.parse('2026-03-02T00:00:00Z')

const SUBJECTS = [
  'parcel left with a neighbour',
  'opening hours of the shop in town',
  'voucher for my birthday',
  'colour of the blue jacket',
  'size chart for running shoes',
  'newsletter comes twice',
  'gift wrapping at the counter',
  'points on my member card',
]
const FRAMES = [
  'can you help me with the SUBJECT please',
  'I have a problem with the SUBJECT again',
  'why is the SUBJECT so bad and slow',
  'the SUBJECT does not work for me, very annoying',
  'nobody answers about the SUBJECT',
]
const OUTAGE = [
  'checkout hangs after I press pay, nothing happens',
  'your checkout is broken, it hangs when I pay',
  'cannot pay, the checkout page hangs forever',
  'checkout hangs again, third try to pay today',
  'pay button does nothing and the checkout hangs',
]

/** A small generator of whole numbers below a bound (Park and Miller 1988). */
export const createDice = (seed: number): ((below: number) => number) => {
  let state = (seed % 2_147_483_646) + 1
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

export const mentionOf = (
  id: string,
  at: number,
  text: string,
  author: string,
  extra: Partial<Mention> = {},
): Mention => ({
  id,
  op: 'create',
  rev: '1',
  kind: 'post',
  source: 'file',
  text,
  lang: 'en',
  author: { id: author },
  createdAt: at,
  observedAt: at,
  eventTime: at,
  ...extra,
})

/** Ten hours of one brand: quiet talk about many things, and from the eighth hour twenty people at a broken checkout. */
export const madeMentions = (seed: number, start = START): Mention[] => {
  const dice = createDice(seed)
  const mentions: Mention[] = []
  for (let n = 0; n < 150; n++) {
    const text = FRAMES[dice(FRAMES.length)]!.replace('SUBJECT', SUBJECTS[dice(SUBJECTS.length)]!)
    mentions.push(mentionOf(`quiet-${n}`, start + dice(10 * HOUR_MS), text, `person-${dice(5_000)}`))
  }
  for (let n = 0; n < 20; n++) {
    const at = start + 8 * HOUR_MS + dice(25 * MINUTE_MS)
    mentions.push(mentionOf(`burst-${n}`, at, OUTAGE[dice(OUTAGE.length)]!, `buyer-${n}`))
  }
  return mentions.sort((a, b) => a.eventTime - b.eventTime || (a.id < b.id ? -1 : 1))
}

export const mentionRecord = (brand: string, mention: Mention, backfill = false): BusRecord => ({
  v: 1,
  kind: 'mention',
  brand,
  mention,
  ...(backfill ? { backfill } : {}),
})

export const heartbeat = (brand: string, at: number): BusRecord => ({
  v: 1,
  kind: 'heartbeat',
  source: 'file',
  state: 'live',
  sourceTime: at,
  brands: [brand],
  sentAt: at,
})

/** Each mention followed by its source's heartbeat, as a replay sends them, and a last one that flushes the hold. */
export const recordsOf = (brand: string, mentions: readonly Mention[]): BusRecord[] => {
  const last = mentions.reduce((latest, { eventTime }) => Math.max(latest, eventTime), 0)
  return [
    ...mentions.flatMap((mention) => [mentionRecord(brand, mention), heartbeat(brand, mention.eventTime)]),
    heartbeat(brand, last + 2 * MINUTE_MS),
  ]
}
