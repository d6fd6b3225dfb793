/**
 * Measures detection on every set that is there, beside the peers and the committed baseline; exit code 1 where a figure
 * fell beyond its margin. `pnpm evaluate [--data DIR] [--only NAME]… [--fresh 8] [--require] [--json FILE] [--update]
 * [--embedding DIR]`; with a sentence model's directory some sets are measured a second time, by meaning too
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fallsOf, readBaseline, writeBaseline } from './baseline/baseline.ts'
import { figureTable, TABLE_HEAD } from './figure-table.ts'
import { ALL_SETS } from './sets/all-sets.ts'
import { BASELINE_FILE, DATA_FOLDER, missingFiles } from './sets/data-folder.ts'
import type { Figure } from './sets/figure.ts'
import { openEmbedding } from './sets/open-embedding.ts'

const { values } = parseArgs({
  allowPositionals: false,
  options: {
    data: { type: 'string', default: DATA_FOLDER },
    only: { type: 'string', multiple: true, default: [] },
    fresh: { type: 'string', default: '8' },
    require: { type: 'boolean', default: false },
    json: { type: 'string' },
    embedding: { type: 'string' },
    update: { type: 'boolean', default: false },
  },
})
const say = (text: string): void => void process.stdout.write(text)
const dataFolder = resolve(values.data)
const required = values.require || (process.env['CI'] === 'true' && existsSync(dataFolder))
const chosen = ALL_SETS.filter(
  ({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)),
)
const baseline = readBaseline(BASELINE_FILE)
const measured = new Map<string, Figure[]>()
const missing: string[] = []

const embedding = values.embedding === undefined ? undefined : await openEmbedding(resolve(values.embedding))
const runs = chosen.flatMap((set) =>
  embedding && set.byMeaning
    ? [{ set }, { set: { ...set, name: `${set.name}, by meaning too` }, embedding }]
    : [{ set }],
)

say(TABLE_HEAD)
for (const { set, ...by } of runs) {
  const absent = missingFiles(set, dataFolder)
  if (absent.length > 0) {
    missing.push(`${set.name}: no ${join(dataFolder, absent[0]!)}`)
    continue
  }
  const startedAt = process.cpuUsage()
  const figures = await set.run({ dataFolder, freshStreams: Number(values.fresh), ...by })
  const { user, system } = process.cpuUsage(startedAt)
  measured.set(set.name, figures)
  say(figureTable(set.name, figures, baseline))
  say(`  from ${set.source} (${set.licence}); ${((user + system) / 1e6).toFixed(1)} s of CPU\n`)
}

const falls = [...measured].flatMap(([set, figures]) => fallsOf(set, figures, baseline))
for (const line of missing) say(`${required ? 'MISSING' : 'missing, left out'}  ${line}\n`)
for (const { set, key, was, now, margin } of falls)
  say(`FELL  ${set}, ${key}: ${was} to ${now === null ? 'nothing' : now.toFixed(4)}, margin ${margin}\n`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`)
if (values.update) writeBaseline(BASELINE_FILE, baseline, measured)
say(`${measured.size} sets measured, ${missing.length} missing, ${falls.length} figures fell\n`)
await embedding?.close()
process.exitCode =
  (falls.length > 0 && !values.update) || (required && missing.length > 0) || measured.size === 0 ? 1 : 0
