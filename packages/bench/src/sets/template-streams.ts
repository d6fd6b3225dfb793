import { seededDraws, templateBrands } from '@outcry/testkit/made-texts'
import { makeStream } from '../made-stream/make-stream.ts'
import type { EvaluationSet, RunOptions } from './evaluation-set.ts'
import { type InjectedOutcome, injectedFigures, runMadeStream } from './injected-figures.ts'
import { setInParts } from './set-in-parts.ts'

const START_MS = Date.UTC(2025, 9, 6)
const DAYS = 6
const PER_ISSUE_HOUR = 1
const SPREAD_STREAMS = 3

const made = async (options: RunOptions, streams: number): Promise<InjectedOutcome[]> => {
  const outcomes: InjectedOutcome[] = []
  for (let seed = 1; seed <= streams; seed += 1) {
    const draws = seededDraws(seed)
    const brands = templateBrands(draws)
    const stream = makeStream(draws, { brands, startMs: START_MS, days: DAYS, perIssueHour: PER_ISSUE_HOUR })
    outcomes.push(...(await runMadeStream(stream, options)))
  }
  return outcomes
}

/** Our own texts: needs no data, so anyone can repeat it. One brand a language. */
export const templateStreams: EvaluationSet = setInParts({
  name: 'made from templates, 8 languages',
  source: 'packages/testkit/src/made-texts, arrivals of packages/bench/src/made-stream, seed 1',
  licence: 'Apache-2.0',
  needs: [],
  parts: (options) => made(options, options.streams ?? 1),
  more: (options) => made(options, SPREAD_STREAMS),
  figures: injectedFigures,
})
