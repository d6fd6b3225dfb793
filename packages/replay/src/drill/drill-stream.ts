import { DAY_MS, HOUR_MS, type Mention, MINUTE_MS } from '@outcry/contracts'
import { EVERY_DAY, type Phrases } from './phrases.ts'
import type { DrillBurst, DrillScenario } from './scenarios.ts'
import { pick, type Random, seededRandom } from './seeded-random.ts'

/** A mention of a drill; `afterMs` since the drill's first moment. */
export type DrillPost = { afterMs: number; mention: Mention }

export type DrillStreamOptions = {
  scenario: DrillScenario
  /** What people call the brand in their texts. */
  brandName: string
  drillId: string
  seed: number
  /** Event time of the drill's first moment, epoch ms. */
  startMs: number
  /** Posts of an ordinary hour; 30 where absent. */
  perHour?: number
}

/** Length of a drill: a day and two hours of ordinary talk, with the burst inside the last 90 minutes. */
export const DRILL_DURATION_MS: number = 26 * HOUR_MS
/** When the burst begins, since the drill's first moment. */
export const BURST_AT_MS: number = DRILL_DURATION_MS - 75 * MINUTE_MS
const PER_HOUR = 30
const EVERYDAY_PEOPLE = 4_000
const OLD_ACCOUNT_MS = 900 * DAY_MS

/** The posts of a drill in order of time: the same for the same seed and options. */
export function* drillStream(options: DrillStreamOptions): Generator<DrillPost> {
  const random = seededRandom(options.seed)
  const posts = [...everyDay(random, options.perHour ?? PER_HOUR), ...burst(random, options.scenario.burst)]
  posts.sort((a, b) => a.afterMs - b.afterMs)
  for (const [index, post] of posts.entries()) yield { afterMs: post.afterMs, mention: toMention(post, index, options) }
}

type Post = { afterMs: number; text: string; lang: string; author: string; accountAgeMs: number }

/** A Poisson stream whose rate follows the hour: busiest at 18:00, an eighth of it at 06:00 of the drill's day. */
function* everyDay(random: Random, perHour: number): Generator<Post> {
  const busiest = (perHour * 16) / 9
  let afterMs = 0
  for (;;) {
    afterMs += (-Math.log(1 - random()) * HOUR_MS) / busiest
    if (afterMs >= DRILL_DURATION_MS) return
    const load = (9 + 7 * Math.cos(((afterMs / HOUR_MS - 18) / 12) * Math.PI)) / 16
    if (random() > load) continue
    const author = `person-${Math.floor(random() * EVERYDAY_PEOPLE)}`
    yield { afterMs, ...say(random, EVERY_DAY), author, accountAgeMs: OLD_ACCOUNT_MS * random() + DAY_MS * 30 }
  }
}

/** Over half of a burst comes in its middle third: people join, then give up. */
function* burst(random: Random, crowd: DrillBurst | null): Generator<Post> {
  if (crowd === null) return
  for (let index = 0; index < crowd.posts; index += 1) {
    const moment = (random() + random()) / 2
    const author = `${crowd.freshAccounts ? 'fresh' : 'crowd'}-${index % crowd.people}`
    const accountAgeMs = crowd.freshAccounts ? HOUR_MS * random() : OLD_ACCOUNT_MS * random() + DAY_MS * 30
    yield {
      afterMs: BURST_AT_MS + moment * crowd.minutes * MINUTE_MS,
      ...say(random, crowd.phrases),
      author,
      accountAgeMs,
    }
  }
}

/** Most speak English, the rest the other languages of the list. */
const say = (random: Random, phrases: readonly Phrases[]): { text: string; lang: string } => {
  const chosen = random() < 0.6 ? phrases[0]! : pick(random, phrases)
  const parts = [pick(random, chosen.openings), pick(random, chosen.cores), pick(random, chosen.endings)]
  return { text: parts.filter((part) => part !== '').join(' '), lang: chosen.lang }
}

const toMention = (post: Post, index: number, options: DrillStreamOptions): Mention => {
  const eventTime = Math.floor(options.startMs + post.afterMs)
  const external = `${options.drillId}-${String(index).padStart(5, '0')}`
  return {
    id: `drill:${options.drillId}:${external}`,
    op: 'create',
    rev: '1',
    kind: 'post',
    source: 'drill',
    text: post.text.replaceAll('{brand}', options.brandName),
    lang: post.lang,
    author: {
      id: `drill:${post.author}`,
      followers: 40 + (index % 7) * 90,
      createdAt: Math.max(0, Math.floor(eventTime - post.accountAgeMs)),
    },
    url: `https://drill.example/${external}`,
    createdAt: eventTime,
    observedAt: eventTime,
    eventTime,
  }
}
