import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dealtTexts } from '../made-stream/dealt-texts.ts'
import type { MadeStream, MadeTruth } from '../made-stream/made-stream.ts'
import { makeStream } from '../made-stream/make-stream.ts'
import { pythonDraws } from '../made-stream/python-draws.ts'
import { csvRows } from './csv-rows.ts'
import type { EvaluationSet, RunOptions } from './evaluation-set.ts'
import { type InjectedOutcome, injectedFigures, runMadeStream } from './injected-figures.ts'
import { readCsv, readJson } from './read-set.ts'
import { setInParts } from './set-in-parts.ts'

const TEXTS = 'banking77/texts.csv'
const BANKING77 = 'texts: PolyAI-LDN/task-specific-datasets @ 57ec275, 39 of the 77 intents'
const START_MS = Date.UTC(2025, 9, 6)
const DAYS = 6
const PER_ISSUE_HOUR = 0.6
const FIRST_FRESH_SEED = 101
const FRESH_STREAMS = 32
const SPREAD_STREAMS = 64
const GIVEN_SEEDS = [1, 2, 3]

/** Issues whose names say that something is amiss; the others are plain questions, and never burst. */
const AMISS =
  /not_working|declined|failed|not_received|not_recognised|wrong|charged|blocked|compromised|stolen|lost|reverted|pending|delay|arrival|swallowed|unable|twice|not_updated|extra_charge|not_showing/

/** The stream of a seed over these texts: the same, post for post, that the Python maker of the given streams makes. */
export const injectedStream = async (dataFolder: string, seed: number): Promise<MadeStream> => {
  const rows = csvRows(await readFile(join(dataFolder, TEXTS), 'utf8'))
  const byIssue = Map.groupBy(rows, ({ category }) => category!)
  const textsOf = new Map([...byIssue].map(([issue, list]) => [issue, list.map(({ text }) => text!.trim())]))
  const draws = pythonDraws(String(seed))
  const pool = dealtTexts(draws, textsOf, (issue) => AMISS.test(issue))
  const brands = [{ brand: 'bank', pool }]
  return makeStream(draws, { brands, startMs: START_MS, days: DAYS, perIssueHour: PER_ISSUE_HOUR })
}

const fresh = async (options: RunOptions, streams: number): Promise<InjectedOutcome[]> => {
  const outcomes: InjectedOutcome[] = []
  for (let seed = FIRST_FRESH_SEED; seed < FIRST_FRESH_SEED + streams; seed += 1)
    outcomes.push(...(await runMadeStream(await injectedStream(options.dataFolder, seed), options)))
  return outcomes
}

export const freshStreams: EvaluationSet = setInParts({
  name: 'injected, fresh seeds',
  source: `${BANKING77}; arrivals made here, seeds from ${FIRST_FRESH_SEED} on`,
  licence: 'CC-BY-4.0 (texts)',
  needs: [TEXTS],
  byMeaning: true,
  parts: (options) => fresh(options, options.streams ?? FRESH_STREAMS),
  more: (options) => fresh(options, SPREAD_STREAMS),
  figures: injectedFigures,
})

/** A made stream as it was given: its posts, and the truth beside them. */
export const givenStream = async (folder: string): Promise<MadeStream> => {
  const truth = (await readJson(join(folder, 'truth.json'))) as MadeTruth
  const labels = new Map((await readCsv(join(folder, 'labels.csv'))).map((row) => [row['id']!, row]))
  const lines = (await readFile(join(folder, 'stream.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  type Line = { id: string; brand: string; text: string; createdAt: string; author: { id: string } }
  const posts = lines.map((line) => {
    const { id, brand, text, createdAt, author } = JSON.parse(line) as Line
    const { issue = '', burst = '' } = labels.get(id) ?? {}
    return { id, brand, at: Date.parse(createdAt), text, author: author.id, issue, burst }
  })
  return { posts, truth }
}

export const givenFolder = (dataFolder: string, seed: number): string => join(dataFolder, 'inject77', `seed${seed}`)

export const givenStreams: EvaluationSet = setInParts({
  name: 'injected, given seeds 1 2 3',
  source: BANKING77,
  licence: 'CC-BY-4.0 (texts)',
  needs: [
    TEXTS,
    ...GIVEN_SEEDS.flatMap((seed) =>
      ['stream.jsonl', 'truth.json', 'labels.csv'].map((file) => givenFolder('', seed).concat('/', file)),
    ),
  ],
  parts: async (options) => {
    const outcomes: InjectedOutcome[] = []
    for (const seed of GIVEN_SEEDS)
      outcomes.push(...(await runMadeStream(await givenStream(givenFolder(options.dataFolder, seed)), options)))
    return outcomes
  },
  // Three streams say little of how much three others would differ.
  more: (options) => fresh(options, SPREAD_STREAMS),
  figures: injectedFigures,
})
