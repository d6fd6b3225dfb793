import type { MadeStream } from './made-stream.ts'
import type { Draws, TextPool } from '@outcry/testkit/made-texts'
import { makeBrand } from './make-brand.ts'

export type StreamOptions = {
  /** Where the texts of each brand come from. */
  brands: readonly { brand: string; pool: TextPool }[]
  startMs: number
  days: number
  /** Steady posts of an issue an hour, on average. */
  perIssueHour: number
}

/**
 * A complaint stream with exact truth: every issue has a steady rate with a daily shape; on top come, every 6 days and
 * brand, 14 bursts of one issue (8, 12, 20 or 40 people in 30, 60 or 120 minutes) and four hard negatives: two diffuse
 * surges (everything at 2.5 times its rate for 2 hours), one copy-paste wave by three accounts, one slow rise (one issue
 * at 3 times its rate for a day). The same draws and options give the same stream.
 */
export const makeStream = (draws: Draws, options: StreamOptions): MadeStream => {
  const made = options.brands.map(({ brand, pool }) =>
    makeBrand(draws, pool, { brand, startMs: options.startMs, days: options.days, perIssueHour: options.perIssueHour }),
  )
  const posts = made.flatMap((each) => each.posts).toSorted((a, b) => a.at - b.at || (a.text < b.text ? -1 : 1))
  return {
    posts: posts.map((post, index) => ({ id: String(index), ...post })),
    truth: {
      start: options.startMs,
      end: made[0]?.endMs ?? options.startMs,
      brands: options.brands.map(({ brand }) => brand),
      posts: posts.length,
      bursts: made.flatMap(({ bursts }) => bursts).toSorted((a, b) => a.start - b.start),
      hard: made.flatMap(({ hard }) => hard).toSorted((a, b) => a.start - b.start),
    },
  }
}
