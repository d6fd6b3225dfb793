import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { DAY_MS, HOUR_MS, isoTime, type Mention } from '@outcry/contracts'
import { drillStream } from '@outcry/replay'

/** Ordinary talk in made words: `brands` brands, `perHour` mentions an hour each, in order of time. */
export type MadeMentions = { count: number; brands: readonly string[]; perHour: number; startMs: number; seed: number }

/**
 * Writes exactly `count` mentions as JSON lines, the input of the file source and of `backtest`. Every text differs:
 * each carries a number of its own, as order and booking numbers do in real complaints.
 */
export const writeMadeMentions = async (path: string, made: MadeMentions): Promise<void> => {
  const file = createWriteStream(path)
  let written = 0
  for (let day = 0; written < made.count; day += 1) {
    for (const { brand, mention } of oneDay(made, day)) {
      if (written === made.count) break
      written += 1
      const line = {
        id: `${day}-${brand}-${mention.id}`,
        brand,
        text: `${mention.text} ${day * 1_000_000 + written}`,
        createdAt: isoTime(mention.eventTime),
        author: { id: mention.author?.id ?? 'nobody' },
        lang: mention.lang,
      }
      if (!file.write(`${JSON.stringify(line)}\n`)) await once(file, 'drain')
    }
  }
  file.end()
  await once(file, 'finish')
}

const oneDay = (made: MadeMentions, day: number): { brand: string; mention: Mention }[] => {
  const startMs = made.startMs + day * DAY_MS
  const posts = made.brands.flatMap((brand, index) =>
    [
      ...drillStream({
        scenario: { id: 'ordinary-day', title: 'Ordinary talk', expect: 'quiet', burst: null },
        brandName: brand,
        drillId: `day-${day}`,
        seed: made.seed + day * made.brands.length + index,
        startMs,
        perHour: made.perHour,
      }),
    ]
      .filter(({ afterMs }) => afterMs < 24 * HOUR_MS)
      .map(({ mention }) => ({ brand, mention })),
  )
  return posts.sort((a, b) => a.mention.eventTime - b.mention.eventTime)
}
