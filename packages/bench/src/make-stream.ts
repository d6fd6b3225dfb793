/**
 * Writes a made complaint stream with exact truth, from templates in eight languages: one brand a language.
 * `node packages/bench/src/make-stream.ts --seed N --out DIR [--languages en,de] [--days 6] [--per-issue-hour 1]`
 * writes stream.jsonl for `outcry backtest`, and labels.csv and truth.json for whoever scores it.
 */
import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeStream } from './made-stream/make-stream.ts'
import { streamLines } from './made-stream/stream-lines.ts'
import { seededDraws, TEMPLATE_LANGUAGES, templateBrands } from '@outcry/testkit/made-texts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    out: { type: 'string' },
    languages: { type: 'string', default: TEMPLATE_LANGUAGES.join(',') },
    days: { type: 'string', default: '6' },
    'per-issue-hour': { type: 'string', default: '1' },
    start: { type: 'string', default: '2025-10-06' },
  },
})

const refuse = (message: string): never => {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
const positive = (name: 'seed' | 'days' | 'per-issue-hour'): number => {
  const value = Number(values[name] ?? Number.NaN)
  return value > 0 ? value : refuse(`--${name} must be a number above 0`)
}
const languages = values.languages.split(',')
const unknown = languages.filter((lang) => !TEMPLATE_LANGUAGES.includes(lang))
if (unknown.length > 0)
  refuse(`--languages: no templates in ${unknown.join(', ')}; there are ${TEMPLATE_LANGUAGES.join(', ')}`)
const startMs = Date.parse(values.start)
if (Number.isNaN(startMs)) refuse('--start must be a date, such as 2025-10-06')
const out = resolve(values.out ?? refuse('--out must name a directory'))

const draws = seededDraws(positive('seed'))
const stream = makeStream(draws, {
  brands: templateBrands(draws, languages),
  startMs,
  days: positive('days'),
  perIssueHour: positive('per-issue-hour'),
})
mkdirSync(out, { recursive: true })
await writeFile(join(out, 'stream.jsonl'), streamLines(stream))
const labels = stream.posts.map(({ id, issue, burst }) => `${id},${issue},${burst}\n`)
await writeFile(join(out, 'labels.csv'), `id,issue,burst\n${labels.join('')}`)
await writeFile(join(out, 'truth.json'), `${JSON.stringify(stream.truth, null, 1)}\n`)
process.stdout.write(
  `${out}: ${stream.posts.length} mentions, ${stream.truth.bursts.length} bursts, ${stream.truth.hard.length} hard negatives\n`,
)
