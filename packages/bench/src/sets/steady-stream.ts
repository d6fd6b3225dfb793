import { HOUR_MS, isoTime } from '@outcry/contracts'
import { seededDraws } from '@outcry/testkit/made-texts'
import { steadyRecords } from '../speed/steady-records.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { lower } from './figure.ts'
import { brandMentions } from './read-set.ts'
import { runBacktest } from './run-backtest.ts'

const START_MS = Date.UTC(2025, 9, 6)
const HOURS = 12
const QUIET_HOURS = 4
const PER_HOUR = 2_000

async function* lines(): AsyncGenerator<Uint8Array> {
  const records = steadyRecords(seededDraws(1), { brands: ['steady'], perHour: PER_HOUR, startMs: START_MS })
  for (const record of records) {
    if (record.kind !== 'mention') continue
    const { brand, mention } = record
    if (mention.eventTime > START_MS + HOURS * HOUR_MS) return
    const { id, source, text, author, eventTime } = mention
    yield Buffer.from(`${JSON.stringify({ id, brand, source, text, author, createdAt: isoTime(eventTime) })}\n`)
  }
}

/** A busy brand on which nothing happens: every issue keeps its rate, so everything opened is false. */
export const steadyStream: EvaluationSet = {
  name: 'steady, 2,000 mentions an hour',
  source: 'packages/bench/src/speed, seed 1, 12 h of which the first 4 do not count',
  licence: 'Apache-2.0',
  needs: [],
  run: async () => {
    const { alerts } = await runBacktest(brandMentions(lines(), 'steady stream'))
    const counted = alerts.filter(({ at }) => at > START_MS + QUIET_HOURS * HOUR_MS)
    const days = (HOURS - QUIET_HOURS) / 24
    return [
      lower('false alerts a brand-day', counted.filter(({ kind }) => kind === 'opened').length / days, 6),
      lower('false pages a brand-day', counted.filter(({ page }) => page).length / days, 3),
    ]
  },
}
