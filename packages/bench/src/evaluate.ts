/**
 * Measures detection on every set that is there, beside the peers and the committed baseline; exit code 1 where a figure
 * fell beyond noise. `pnpm evaluate [--data DIR] [--only NAME]… [--streams N] [--require] [--json FILE] [--update]
 * [--embedding DIR]`; with a sentence model's directory some sets are measured a second time, by meaning too.
 * `--update` takes the figures as the baseline and writes them into the documents. `--spread` measures instead how far each
 * figure would move with other seeds, series, topics or texts; with `--update` that is kept as the noise of a fall.
 */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fallsOf, readBaseline, readSpread, writeBaseline, writeSpread } from './baseline/baseline.ts'
import { figureTable, spreadTable, TABLE_HEAD } from './figure-table.ts'
import { writeMeasured } from './measured/measured-documents.ts'
import { ALL_SETS } from './sets/all-sets.ts'
import { BASELINE_FILE, DATA_FOLDER, dataRequired, missingFiles, SPREAD_FILE } from './sets/data-folder.ts'
import { BY_MEANING, type EvaluationSet } from './sets/evaluation-set.ts'
import type { Figure } from './sets/figure.ts'
import { openEmbedding } from './sets/open-embedding.ts'

const { values } = parseArgs({
  allowPositionals: false,
  options: {
    data: { type: 'string', default: DATA_FOLDER },
    only: { type: 'string', multiple: true, default: [] },
    streams: { type: 'string' },
    require: { type: 'boolean', default: false },
    json: { type: 'string' },
    embedding: { type: 'string' },
    spread: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
  },
})
const say = (text: string): void => void process.stdout.write(text)
const dataFolder = resolve(values.data)
const required = values.require || dataRequired(dataFolder)
const options = { dataFolder, streams: values.streams === undefined ? undefined : Number(values.streams) }
const chosen = ALL_SETS.filter(
  ({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)),
)
const missing: string[] = []
const isThere = (set: EvaluationSet): boolean => {
  const [absent] = missingFiles(set, dataFolder)
  if (absent !== undefined) missing.push(`${set.name}: no ${join(dataFolder, absent)}`)
  return absent === undefined
}

const measureSpread = async (): Promise<void> => {
  const measured = new Map<string, ReadonlyMap<string, number>>()
  for (const set of chosen.filter(isThere)) {
    if (set.spread === undefined) continue
    const spread = await set.spread(options)
    measured.set(set.name, spread)
    say(spreadTable(set.name, spread))
  }
  if (values.update) writeSpread(SPREAD_FILE, readSpread(SPREAD_FILE), measured)
  if (values.update) writeMeasured()
}

const measure = async (): Promise<number> => {
  const baseline = readBaseline(BASELINE_FILE)
  const spread = readSpread(SPREAD_FILE)
  const measured = new Map<string, Figure[]>()
  const embedding = values.embedding === undefined ? undefined : await openEmbedding(resolve(values.embedding))
  const runs = chosen
    .filter(isThere)
    .flatMap((set) =>
      embedding && set.byMeaning ? [{ set }, { set: { ...set, name: set.name + BY_MEANING }, embedding }] : [{ set }],
    )
  say(TABLE_HEAD)
  for (const { set, ...by } of runs) {
    const startedAt = process.cpuUsage()
    const figures = await set.run({ ...options, ...by })
    const { user, system } = process.cpuUsage(startedAt)
    measured.set(set.name, figures)
    say(figureTable(set.name, figures, baseline, spread))
    say(`  from ${set.source} (${set.licence}); ${((user + system) / 1e6).toFixed(1)} s of CPU\n`)
  }
  await embedding?.close()
  const isDrawn = new Set(runs.filter(({ set }) => set.drawnAnew).map(({ set }) => set.name))
  const falls = [...measured].flatMap(([set, figures]) =>
    fallsOf(set, figures, baseline, isDrawn.has(set) ? spread : {}),
  )
  for (const { set, key, was, now, margin } of falls)
    say(`FELL  ${set}, ${key}: ${was} to ${now === null ? 'nothing' : now.toFixed(4)}, noise ${margin.toFixed(4)}\n`)
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`)
  if (values.update) {
    writeBaseline(BASELINE_FILE, baseline, measured)
    writeMeasured()
  }
  say(`${measured.size} sets measured, ${missing.length} missing, ${falls.length} figures fell\n`)
  return measured.size === 0 || (falls.length > 0 && !values.update) ? 1 : 0
}

const code = values.spread ? await measureSpread().then(() => 0) : await measure()
for (const line of missing) say(`${required ? 'MISSING' : 'missing, left out'}  ${line}\n`)
process.exitCode = required && missing.length > 0 ? 1 : code
