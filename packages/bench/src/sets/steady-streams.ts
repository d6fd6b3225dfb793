import { HOUR_MS, isoTime } from '@outcry/contracts'
import { type Draws, seededDraws } from '@outcry/testkit/made-texts'
import { share, sum } from '../scores/averages.ts'
import { distinctTexts } from '../speed/distinct-texts.ts'
import { steadyRecords } from '../speed/steady-records.ts'
import { variedTexts } from '../speed/varied-texts.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { lower } from './figure.ts'
import { brandMentions } from './read-set.ts'
import { runBacktest } from './run-backtest.ts'
import { setInParts } from './set-in-parts.ts'

const START_MS = Date.UTC(2025, 9, 6)
const HOURS = 10
const QUIET_HOURS = 4
const PER_HOUR = 2_000
const STREAMS = 3
const SPREAD_STREAMS = 6

type Texts = (draws: Draws) => (brand: number) => string
/** What was opened on a stream on which nothing happens. */
type Opened = { opened: number; pages: number }

async function* lines(seed: number, texts: Texts): AsyncGenerator<Uint8Array> {
  const options = { brands: ['steady'], perHour: PER_HOUR, startMs: START_MS, texts }
  for (const record of steadyRecords(seededDraws(seed), options)) {
    if (record.kind !== 'mention') continue
    const { brand, mention } = record
    if (mention.eventTime > START_MS + HOURS * HOUR_MS) return
    const { id, source, text, author, eventTime } = mention
    yield Buffer.from(`${JSON.stringify({ id, brand, source, text, author, createdAt: isoTime(eventTime) })}\n`)
  }
}

const opened = async (streams: number, texts: Texts): Promise<Opened[]> => {
  const found: Opened[] = []
  for (let seed = 1; seed <= streams; seed += 1) {
    const { alerts } = await runBacktest(brandMentions(lines(seed, texts), 'steady stream'))
    const counted = alerts.filter(({ at }) => at > START_MS + QUIET_HOURS * HOUR_MS)
    found.push({
      opened: counted.filter(({ kind }) => kind === 'opened').length,
      pages: counted.filter(({ page }) => page).length,
    })
  }
  return found
}

/** A busy brand on which nothing happens: every issue keeps its rate, so everything opened is false. */
const steady = (name: string, source: string, texts: Texts): EvaluationSet =>
  setInParts<Opened>({
    name,
    source: `${source}, seeds from 1 on, ${HOURS} h each of which the first ${QUIET_HOURS} do not count`,
    licence: 'Apache-2.0',
    needs: [],
    parts: ({ streams = STREAMS }) => opened(streams, texts),
    more: () => opened(SPREAD_STREAMS, texts),
    figures: (streams) => {
      const days = (streams.length * (HOURS - QUIET_HOURS)) / 24
      return [
        lower('false alerts a brand-day', share(sum(streams.map((each) => each.opened)), days), 1 / days),
        lower('false pages a brand-day', share(sum(streams.map(({ pages }) => pages)), days), 1 / days),
      ]
    },
  })

export const steadyStreams: readonly EvaluationSet[] = [
  steady('steady, 2,000 mentions an hour', 'packages/bench/src/speed/distinct-texts.ts', distinctTexts),
  steady('steady and varied, 2,000 mentions an hour', 'packages/bench/src/speed/varied-texts.ts', variedTexts),
]
