import { HOUR_MS, isoTime, type Mention, SECOND_MS } from '@outcry/contracts'
import { mentionsOf, STREAM_START_MS } from '@outcry/testkit/complaint-streams'
import { COMPLAINT_ISSUES, type Draws, seededDraws, TEMPLATE_LANGUAGES } from '@outcry/testkit/made-texts'

/** Hours of people talking about some brands, each with bursts of its own. */
export type MadeDay = {
  seed: number
  brands: readonly string[]
  /** Those of them whose posts are also edited and deleted later. */
  edited: readonly string[]
  mentions: number
  /** When the newest of them was written. Recent, because old mentions are deleted by retention. Epoch ms. */
  endMs: number
  hours: number
}

const QUIET_HOURS = 7
const BURSTS_A_BRAND = 3
const PEOPLE = { from: 16, to: 44 }
/** Mentions arrive up to so much later than they were written; within `reorderMs`. */
const LATEST_MS = 30 * SECOND_MS
/** One in so many is edited later, one in so many deleted. */
const EDITED_OF = 80
const DELETED_OF = 80

/** The day as JSON lines for the file source, in the order of arrival. */
export const madeDay = (day: MadeDay): string[] => {
  const draws = seededDraws(day.seed)
  const shiftMs = day.endMs - (STREAM_START_MS + day.hours * HOUR_MS)
  const arrivals = day.brands.flatMap((brand) => ofBrand(draws, brand, day, shiftMs))
  const inOrder = arrivals.toSorted((a, b) => a.atMs - b.atMs).slice(0, day.mentions)
  return inOrder.map(({ line }) => `${JSON.stringify(line)}\n`)
}

type Arrival = { atMs: number; line: object }

const ofBrand = (draws: Draws, brand: string, day: MadeDay, shiftMs: number): Arrival[] => {
  // Bursts, second posts and reposts come on top; the surplus at the end is cut off.
  const perHour = Math.ceil(day.mentions / day.brands.length / day.hours)
  const langs = draws.shuffled(TEMPLATE_LANGUAGES).slice(0, 2)
  const bursts = Array.from({ length: BURSTS_A_BRAND }, () => ({
    issue: draws.pick(COMPLAINT_ISSUES),
    lang: draws.pick(langs),
    people: PEOPLE.from + draws.below(PEOPLE.to - PEOPLE.from),
    startMinute: QUIET_HOURS * 60 + draws.below((day.hours - QUIET_HOURS - 1) * 60),
    minutes: 15 + draws.below(30),
  }))
  const campaign = { issue: draws.pick(COMPLAINT_ISSUES), lang: langs[0]!, accounts: 24, startMinute: QUIET_HOURS * 60 }
  const seed = 1 + draws.below(1_000_000)
  const stream = { seed, hours: day.hours, perHour, langs, bursts, campaign }
  return mentionsOf(stream).flatMap((mention) => told(draws, brand, mention, shiftMs, day.edited.includes(brand)))
}

/** A mention as it arrives: late by some seconds, now and then edited or deleted within half an hour. */
const told = (draws: Draws, brand: string, mention: Mention, shiftMs: number, changes: boolean): Arrival[] => {
  const writtenMs = mention.eventTime + shiftMs
  const id = `${brand}-${mention.id}`
  const { text, author, lang, source } = mention
  const repostOf = mention.repostOf === undefined ? undefined : `${brand}-${mention.repostOf}`
  const line = {
    id,
    brand,
    source,
    text,
    createdAt: isoTime(writtenMs),
    author,
    lang,
    rating: mention.rating,
    repostOf,
  }
  const atMs = writtenMs + draws.below(LATEST_MS)
  const laterMs = atMs + 1 + draws.below(HOUR_MS / 2)
  const arrivals: Arrival[] = [{ atMs, line }]
  if (!changes) return arrivals
  if (draws.below(EDITED_OF) === 0)
    arrivals.push({ atMs: laterMs, line: { ...line, op: 'update', text: `${text} (edited)` } })
  else if (draws.below(DELETED_OF) === 0)
    arrivals.push({ atMs: laterMs, line: { id, brand, source, op: 'delete', createdAt: isoTime(laterMs) } })
  return arrivals
}
