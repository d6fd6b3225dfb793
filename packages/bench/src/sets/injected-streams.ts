import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { dealtTexts } from '../made-stream/dealt-texts.ts'
import type { MadeStream, MadeTruth } from '../made-stream/made-stream.ts'
import { makeStream } from '../made-stream/make-stream.ts'
import { streamLines } from '../made-stream/stream-lines.ts'
import { seededDraws, templateBrands } from '@outcry/testkit/made-texts'
import { scoreClusters } from '../scores/score-clusters.ts'
import { type InjectedTally, scoreInjected, tallyInjected } from '../scores/score-injected.ts'
import { csvRows } from './csv-rows.ts'
import type { EvaluationSet, RunOptions } from './evaluation-set.ts'
import { type Figure, higher, lower } from './figure.ts'
import { brandMentions, readCsv, readJson } from './read-set.ts'
import { runBacktest } from './run-backtest.ts'

const BANKING77 = 'texts: PolyAI-LDN/task-specific-datasets @ 57ec275, 39 of the 77 intents'
const START_MS = Date.UTC(2025, 9, 6)
const DAYS = 6
const PER_ISSUE_HOUR = 0.6
const FIRST_FRESH_SEED = 101

type Outcome = { tally: InjectedTally; clusterF1: number }

type Embedding = RunOptions['embedding']

const runStream = async (stream: MadeStream, embedding: Embedding): Promise<Outcome> => {
  const result = await runBacktest(brandMentions(streamLines(stream), 'made stream'), embedding)
  const clusters = new Map([...result.assignments()].map(({ id, cluster }) => [id, cluster]))
  return {
    tally: tallyInjected(stream, result.alerts),
    clusterF1: scoreClusters(
      stream.posts.map(({ id, brand, issue }) => ({ label: `${brand} ${issue}`, cluster: clusters.get(id) ?? null })),
    ).f1,
  }
}

/** How far figures may fall: single streams swing by 0.1 in F1 and with every alert, eight together by far less. */
type Noise = { shares: number; minutes: number; wrongPerDay: number }
const ONE_STREAM: Noise = { shares: 0.12, minutes: 8, wrongPerDay: 0.34 }
const THREE_STREAMS: Noise = { shares: 0.06, minutes: 4, wrongPerDay: 0.2 }
const EIGHT_STREAMS: Noise = { shares: 0.03, minutes: 2, wrongPerDay: 0.1 }

const figures = (outcomes: readonly Outcome[], noise: Noise): Figure[] => {
  const score = scoreInjected(outcomes.map(({ tally }) => tally))
  return [
    higher('F1', score.f1, noise.shares),
    higher('precision', score.precision, noise.shares),
    higher('recall', score.recall, noise.shares),
    ...[...score.recallBySize].map(([size, recall]) => higher(`recall of ${size} posts`, recall, null)),
    lower('minutes to detect, median', score.minutes, noise.minutes),
    lower('posts by then, median', score.posts, noise.minutes),
    higher('purity of evidence', score.purity, 0.03),
    lower('wrong alerts a brand-day', score.wrongPerDay, noise.wrongPerDay),
    ...[...score.fooled].map(([kind, { fooled, of }]) => lower(`${kind} fooled of ${of}`, fooled, 2)),
    lower('second alerts', score.again, null),
    lower('alerts before their mentions', score.early, 0),
    higher(
      'B-cubed F1 of assignments, mean',
      outcomes.reduce((total, { clusterF1 }) => total + clusterF1, 0) / outcomes.length,
      0.02,
    ),
  ]
}

const runAll = async (
  streams: Iterable<MadeStream | Promise<MadeStream>>,
  embedding: Embedding,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = []
  for (const stream of streams) outcomes.push(await runStream(await stream, embedding))
  return outcomes
}

const givenStream = async (folder: string): Promise<MadeStream> => {
  const truth = (await readJson(join(folder, 'truth.json'))) as MadeTruth
  const labels = new Map((await readCsv(join(folder, 'labels.csv'))).map((row) => [row['id']!, row]))
  const lines = (await readFile(join(folder, 'stream.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  const posts = lines.map((line) => {
    const row = JSON.parse(line) as {
      id: string
      brand: string
      text: string
      createdAt: string
      author: { id: string }
    }
    const { issue = '', burst = '' } = labels.get(row.id) ?? {}
    return { ...row, at: Date.parse(row.createdAt), author: row.author.id, issue, burst }
  })
  return { posts, truth }
}

const given = (seeds: readonly number[], noise: Noise): EvaluationSet => ({
  name: `injected, given seeds ${seeds.join(' ')}`,
  source: BANKING77,
  licence: 'CC-BY-4.0 (texts)',
  needs: seeds.flatMap((seed) =>
    ['stream.jsonl', 'truth.json', 'labels.csv'].map((file) => `inject77/seed${seed}/${file}`),
  ),
  run: async ({ dataFolder, embedding }) => {
    const streams = seeds.map((seed) => givenStream(join(dataFolder, 'inject77', `seed${seed}`)))
    return figures(await runAll(streams, embedding), noise)
  },
})

export const givenStreams: EvaluationSet = given([1, 2, 3], THREE_STREAMS)
/** One stream, for a quick look. */
export const oneGivenStream: EvaluationSet = given([1], ONE_STREAM)

/** Issues whose names say that something is amiss; the others are plain questions, and never burst. */
const AMISS =
  /not_working|declined|failed|not_received|not_recognised|wrong|charged|blocked|compromised|stolen|lost|reverted|pending|delay|arrival|swallowed|unable|twice|not_updated|extra_charge|not_showing/

export const freshStreams: EvaluationSet = {
  name: 'injected, fresh seeds',
  source: `${BANKING77}; arrivals made here`,
  licence: 'CC-BY-4.0 (texts)',
  needs: ['banking77/texts.csv'],
  byMeaning: true,
  run: async ({ dataFolder, freshStreams: count, embedding }) => {
    const rows = csvRows(await readFile(join(dataFolder, 'banking77', 'texts.csv'), 'utf8'))
    const texts = Map.groupBy(rows, ({ category }) => category!)
    const textsOf = new Map([...texts].map(([issue, list]) => [issue, list.map(({ text }) => text!.trim())]))
    const fresh = function* () {
      for (let seed = FIRST_FRESH_SEED; seed < FIRST_FRESH_SEED + count; seed += 1) {
        const draws = seededDraws(seed)
        const pool = dealtTexts(draws, textsOf, (issue) => AMISS.test(issue))
        const brands = [{ brand: 'bank', pool }]
        yield makeStream(draws, { brands, startMs: START_MS, days: DAYS, perIssueHour: PER_ISSUE_HOUR })
      }
    }
    return figures(await runAll(fresh(), embedding), EIGHT_STREAMS)
  },
}

/** Our own texts: needs no data, so anyone can repeat it. One brand a language. */
export const templateStreams: EvaluationSet = {
  name: 'made from templates, 8 languages',
  source: 'packages/bench/src/made-stream, seed 1',
  licence: 'Apache-2.0',
  needs: [],
  run: async ({ embedding }) => {
    const draws = seededDraws(1)
    const stream = makeStream(draws, { brands: templateBrands(draws), startMs: START_MS, days: DAYS, perIssueHour: 1 })
    const outcome = await runStream(stream, embedding)
    return figures([outcome], EIGHT_STREAMS)
  },
}
