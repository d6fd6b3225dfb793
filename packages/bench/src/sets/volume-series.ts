import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSeriesScorer } from '@outcry/engine'
import { readTime } from '@outcry/replay'
import { type LabelledSeries, scoreSeries } from '../scores/score-series.ts'
import { csvRows } from './csv-rows.ts'
import type { EvaluationSet } from './evaluation-set.ts'
import { higher, lower } from './figure.ts'
import { readJson } from './read-set.ts'
import { setInParts } from './set-in-parts.ts'

const NAMES = ['AAPL', 'CRM', 'FB', 'IBM', 'PFE']

const oneSeries = (csv: string, windows: readonly [string, string][], labels: readonly string[]): LabelledSeries => {
  const scorer = createSeriesScorer()
  const rows = csvRows(csv).map(({ timestamp, value }) => ({ at: readTime(timestamp!), value: Number(value) }))
  return {
    times: rows.map(({ at }) => at),
    alerts: rows.map(({ at, value }) => scorer.next(at, value).alert),
    windows: windows.map(([start, end]) => [readTime(start), readTime(end)] as const),
    labels: labels.map(readTime),
  }
}

/** `alert` as users meet it: one built-in threshold, none chosen on these series. */
export const volumeSeries: EvaluationSet = setInParts({
  name: 'series NAB realTweets',
  source: 'numenta/NAB @ ea702d7, 5 of the 10 series',
  licence: 'MIT',
  needs: ['nab/windows.json', 'nab/labels.json', ...NAMES.map((name) => `nab/series/${name}.csv`)],
  parts: async ({ dataFolder }) => {
    const folder = join(dataFolder, 'nab')
    const windows = (await readJson(join(folder, 'windows.json'))) as Record<string, [string, string][]>
    const labels = (await readJson(join(folder, 'labels.json'))) as Record<string, string[]>
    return Promise.all(
      NAMES.map(async (name) =>
        oneSeries(
          await readFile(join(folder, 'series', `${name}.csv`), 'utf8'),
          windows[name] ?? [],
          labels[name] ?? [],
        ),
      ),
    )
  },
  figures: (series) => {
    const score = scoreSeries(series)
    return [
      higher('standard', score.standard, 2),
      higher('low FP', score.lowFalsePositives, 2),
      higher('low FN', score.lowFalseNegatives, 2),
      higher(`windows hit of ${score.windows}`, score.windowsHit, 1),
      lower('false alarms a series-week', score.falsePerSeriesWeek, 0.1),
      lower('minutes after the label, median', score.minutesAfterLabel, null),
    ]
  },
})
