import { join } from 'node:path'
import { evaluate, parseTruth } from '@outcry/replay'
import type { EvaluationSet, RunOptions } from './evaluation-set.ts'
import { type Figure, higher, lower } from './figure.ts'
import { readJson, streamFile } from './read-set.ts'
import { runBacktest } from './run-backtest.ts'

const evaluation = async ({ dataFolder, embedding }: RunOptions, name: string) => {
  const { alerts } = await runBacktest(streamFile(join(dataFolder, name, 'stream.jsonl')), embedding)
  return evaluate(alerts, parseTruth(await readJson(join(dataFolder, name, 'truth.json'))))
}

/** Six scored incidents: one more or less is noise, so shares may fall by what one incident or one alert is worth. */
export const airline: EvaluationSet = {
  name: 'airline',
  source: 'kolaveridi/kaggle-Twitter-US-Airline-Sentiment- @ 3917cf4, half of the brands',
  licence: 'CC BY-NC-SA 4.0: measured with, not copied',
  needs: ['airline/stream.jsonl', 'airline/truth.json'],
  byMeaning: true,
  run: async (options): Promise<Figure[]> => {
    const found = await evaluation(options, 'airline')
    return [
      higher('incidents found of 6', found.incidentsHit, 1),
      higher('recall of majors', found.recallOfMajors, 0),
      higher('precision', found.precision, 0.21),
      higher('precision, lenient', found.precisionLenient, 0.21),
      higher('F1, lenient', found.f1Lenient, 0.15),
      lower('minutes to detect, median', found.minutesToDetect, 15),
      lower('false alerts a brand-week', found.falseAlertsPerBrandWeek, 0.33),
      higher('recall of majors by pages', found.recallOfMajorsByPages, 0.5),
      lower('false pages a brand-week', found.falsePagesPerBrandWeek, 0.33),
      lower('pages a brand-week', found.pagesPerBrandWeek, null),
      lower('promotions alerted of 3', found.promotionsAlerted, 0),
      lower('few-user storms alerted of 2', found.fewUserStormsAlerted, 0),
    ]
  },
}

export const spotify: EvaluationSet = {
  name: 'spotify',
  source: 'stepanaromanov/python_for_marketing_research_and_analytics @ 7e9be6d',
  licence: 'CC BY-NC-SA 4.0: measured with, not copied',
  needs: ['spotify/stream.jsonl', 'spotify/truth.json'],
  byMeaning: true,
  run: async (options): Promise<Figure[]> => {
    const found = await evaluation(options, 'spotify')
    return [
      lower('false alerts a brand-week', found.falseAlertsPerBrandWeek, 0.24),
      lower('false pages a brand-week', found.falsePagesPerBrandWeek, 0.24),
    ]
  },
}
