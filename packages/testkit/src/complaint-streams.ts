import { HOUR_MS, type Mention, MINUTE_MS } from '@outcry/contracts'
import * as fc from 'fast-check'
import { COMPLAINT_ISSUES, seededDraws, TEMPLATE_LANGUAGES, templateBrands, type TextPool } from './made-texts/index.ts'

/** Start of every stream: a Monday, 06:00 UTC. */
export const STREAM_START_MS: number = Date.UTC(2026, 2, 2, 6)

type StreamBurst = { issue: string; lang: string; people: number; startMinute: number; minutes: number }
/** Forty accounts of which each pastes the same words once. */
type StreamCampaign = { issue: string; lang: string; accounts: number; startMinute: number }

export type ComplaintStream = {
  seed: number
  hours: number
  /** Ordinary mentions an hour, in the languages of the stream. */
  perHour: number
  langs: readonly string[]
  bursts: readonly StreamBurst[]
  campaign: StreamCampaign | null
}

const QUIET_HOURS = 7
const SOURCES = ['mastodon', 'bluesky', 'reviews']

/** Plans of streams in which some issues burst after a quiet morning, so that laws have something to hold for. */
export const complaintStreams = (options: { hours?: number; perHour?: number } = {}): fc.Arbitrary<ComplaintStream> => {
  const hours = options.hours ?? 12
  const lang = fc.constantFrom(...TEMPLATE_LANGUAGES)
  const startMinute = fc.integer({ min: QUIET_HOURS * 60, max: (hours - 2) * 60 })
  const issue = fc.constantFrom(...COMPLAINT_ISSUES)
  const burst = fc.record({
    issue,
    lang,
    people: fc.integer({ min: 10, max: 40 }),
    startMinute,
    minutes: fc.integer({ min: 15, max: 60 }),
  })
  return fc.record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    hours: fc.constant(hours),
    perHour: options.perHour === undefined ? fc.integer({ min: 8, max: 24 }) : fc.constant(options.perHour),
    langs: fc.uniqueArray(lang, { minLength: 1, maxLength: 3 }),
    bursts: fc.array(burst, { minLength: 1, maxLength: 4 }),
    campaign: fc.option(fc.record({ issue, lang, accounts: fc.integer({ min: 20, max: 40 }), startMinute }), {
      freq: 4,
    }),
  })
}

/**
 * The mentions of a planned stream in order of time, no two at the same moment. Some people write twice, some posts are
 * reposts, some bring a rating, reach or a young account.
 */
export const mentionsOf = (stream: ComplaintStream): Mention[] => {
  const draws = seededDraws(stream.seed)
  const pools = new Map<string, TextPool>(templateBrands(draws).map(({ brand, pool }) => [brand.slice(-2), pool]))
  const taken = new Set<number>()
  const mentions: Mention[] = []
  const write = (minute: number, text: string, lang: string, author: string, extra: Partial<Mention> = {}): Mention => {
    let at = Math.floor(STREAM_START_MS + minute * MINUTE_MS)
    while (taken.has(at)) at += 1
    taken.add(at)
    const mention: Mention = {
      id: `m${mentions.length}`,
      op: 'create',
      rev: '1',
      kind: 'post',
      source: draws.pick(SOURCES),
      text,
      author: { id: author, ...(draws.below(4) === 0 ? { followers: draws.below(5_000) } : {}) },
      createdAt: at,
      observedAt: at,
      eventTime: at,
      ...(draws.below(2) === 0 ? { lang } : {}),
      ...extra,
    }
    mentions.push(mention)
    return mention
  }
  for (let count = 0; count < stream.hours * stream.perHour; count += 1) {
    const lang = draws.pick(stream.langs)
    const pool = pools.get(lang)!
    const rating = draws.below(10) === 0 ? { rating: { value: 1 + draws.below(5), min: 1, max: 5 } } : {}
    const text = pool.take(draws.pick(pool.issues))
    write(draws.uniform() * stream.hours * 60, text, lang, `person-${draws.below(2_000)}`, rating)
  }
  stream.bursts.forEach(({ issue, lang, people, startMinute, minutes }, burst) => {
    for (let person = 0; person < people; person += 1) {
      const minute = startMinute + draws.uniform() * minutes
      const author = `burst-${burst}-${person}`
      const post = write(minute, pools.get(lang)!.take(issue), lang, author)
      if (draws.below(8) === 0) write(minute + 1 + draws.uniform() * 20, pools.get(lang)!.take(issue), lang, author)
      if (draws.below(8) === 0)
        write(minute + 1, post.text, lang, `echo-${burst}-${person}`, { repostOf: post.id, text: post.text })
    }
  })
  if (stream.campaign) {
    const { issue, lang, accounts, startMinute } = stream.campaign
    const text = `${pools.get(lang)!.take(issue)} ${pools.get(lang)!.take(issue)}`
    for (let account = 0; account < accounts; account += 1)
      write(startMinute + draws.uniform() * 30, text + draws.pick(['', '!', '!!']), lang, `campaign-${account}`)
  }
  return mentions.sort((a, b) => a.eventTime - b.eventTime)
}

/** Moment at which the whole stream has been delivered and let through. */
export const streamEndMs = ({ hours }: ComplaintStream): number => STREAM_START_MS + (hours + 2) * HOUR_MS
