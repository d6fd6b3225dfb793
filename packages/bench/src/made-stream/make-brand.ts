import { DAY_MS, MINUTE_MS } from '@outcry/contracts'
import { arrivals } from './arrivals.ts'
import type { HardNegative, MadeBurst, MadePost } from './made-stream.ts'
import { planEvents } from './plan.ts'
import type { Draws, TextPool } from '@outcry/testkit/made-texts'

export type BrandOptions = { brand: string; startMs: number; days: number; perIssueHour: number }

const PEOPLE = 1_000_000
const SPAM_POSTS = 25
const SPAM_PEOPLE = 3
const SPAM_ENDINGS = ['', '!', '!!', ' pls', ' @help', ' #fail']
/** Above 1: more of a burst comes early. */
const BURST_SHAPE = 1.3

/** One brand's posts, in no order and without ids, and the truth about them. */
export const makeBrand = (draws: Draws, pool: TextPool, options: BrandOptions) => {
  const { brand, startMs, days } = options
  const endMs = startMs + Math.floor(days * DAY_MS)
  const plan = planEvents(draws, pool.issues, pool.complaints, { startMs, days })
  const posts: Omit<MadePost, 'id'>[] = []
  const post = (at: number, text: string, issue: string, burst = '', author = `u${draws.below(PEOPLE)}`) => {
    posts.push({ brand, at, text, author, issue, burst })
  }

  const bursts = plan.bursts.map((planned, index): MadeBurst => {
    const id = `${brand}-b${index}`
    const times = Array.from(
      { length: planned.size },
      () => planned.start + Math.floor(draws.uniform() ** BURST_SHAPE * planned.minutes * MINUTE_MS),
    ).toSorted((a, b) => a - b)
    for (const at of times) post(at, pool.take(planned.issue), planned.issue, id)
    return { ...planned, id, brand, start: times[0]!, end: times.at(-1)! }
  })
  const hard = plan.hard.map((planned): HardNegative => ({ ...planned, brand }))
  for (const { kind, start, issue } of hard) {
    if (kind !== 'spam') continue
    const text = pool.take(issue!)
    for (let count = 0; count < SPAM_POSTS; count += 1) {
      const at = start + Math.floor(draws.uniform() * 30 * MINUTE_MS)
      post(at, text + draws.pick(SPAM_ENDINGS), 'SPAM', 'spam', `${brand}-spam${draws.below(SPAM_PEOPLE)}`)
    }
  }
  for (const issue of pool.issues) {
    // Log-normal with mean 1: some issues are common, most are rare.
    const perHour = options.perIssueHour * Math.exp(-0.125 + 0.5 * draws.normal())
    for (const at of arrivals(draws, perHour, issue, hard, { startMs, endMs })) post(at, pool.take(issue), issue)
  }
  return { posts, bursts, hard, endMs }
}
