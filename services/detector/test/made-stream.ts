import { type BusRecord, HOUR_MS, MINUTE_MS, type Mention } from '@outcry/contracts'

const START = Date.parse('2026-03-02T00:00:00Z')
const QUIET = [
  'can you help me with the voucher for my birthday please',
  'why is the size chart for running shoes so bad',
  'nobody answers about the points on my member card',
  'I have a problem with the newsletter again, it comes twice',
  'the colour of the blue jacket is not what I ordered',
]
const OUTAGE = [
  'checkout hangs after I press pay, nothing happens',
  'your checkout is broken, it hangs when I pay',
  'cannot pay, the checkout page hangs forever',
  'pay button does nothing and the checkout hangs',
  'third try to pay today and the checkout hangs again',
  'checkout hangs on my phone and on my laptop, I cannot pay',
  'is anybody able to pay? the checkout only hangs here',
]

export const mentionRecord = (
  brand: string,
  id: string,
  at: number,
  text: string,
  extra: Partial<Mention> = {},
): BusRecord => ({
  v: 1,
  kind: 'mention',
  brand,
  mention: {
    id: `${brand}-${id}`,
    op: 'create',
    rev: '1',
    kind: 'post',
    source: 'file',
    text,
    lang: 'en',
    author: { id: `author-${id}` },
    observedAt: at,
    eventTime: at,
    ...extra,
  },
})

const heartbeat = (brand: string, at: number): BusRecord => ({
  v: 1,
  kind: 'heartbeat',
  source: 'file',
  state: 'live',
  sourceTime: at,
  brands: [brand],
  sentAt: at,
})

/** Nine hours of a brand: quiet talk, in the third one person with fifteen complaints, in the eighth 20 people at a broken checkout, one of whom deletes the post. */
export const madeRecords = (brand: string): BusRecord[] => {
  const records: BusRecord[] = []
  const say = (id: string, at: number, text: string, extra: Partial<Mention> = {}) =>
    records.push(mentionRecord(brand, id, at, text, extra), heartbeat(brand, at))
  for (let n = 0; n < 120; n += 1) {
    const at = START + n * 4 * MINUTE_MS
    say(`quiet-${n}`, at, QUIET[(n * 7) % QUIET.length]!)
    const angry = `the parcel number ${n} never came and nobody answers me, this is ridiculous`
    if (n >= 45 && n < 60) say(`angry-${n}`, at + MINUTE_MS, angry, { author: { id: 'angry' } })
  }
  const burst = START + 8 * HOUR_MS
  for (let n = 0; n < 20; n += 1) say(`burst-${n}`, burst + n * MINUTE_MS, OUTAGE[n % OUTAGE.length]!)
  records.push(mentionRecord(brand, 'burst-3', burst + 21 * MINUTE_MS, '', { op: 'delete', rev: '2' }))
  for (let n = 0; n < 12; n += 1) records.push(heartbeat(brand, burst + (22 + n * 5) * MINUTE_MS))
  return records
}
