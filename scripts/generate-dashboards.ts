// Writes dashboards/*.json from their typed source; with --check says whether they are up to date.
import { globSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { dashboards } from '../dashboards/src/index.ts'

const folder = new URL('../dashboards/', import.meta.url)
const made = new Map(
  Object.entries(dashboards()).map(([name, board]) => [`${name}.json`, `${JSON.stringify(board, null, 2)}\n`]),
)
const there = globSync('*.json', { cwd: folder })
const gone = there.filter((file) => !made.has(file))

if (process.argv.includes('--check')) {
  const stale = [...gone]
  for (const [file, text] of made) {
    if ((await readFile(new URL(file, folder), 'utf8').catch(() => '')) !== text) stale.push(file)
  }
  if (stale.length > 0) {
    process.stderr.write(`dashboards/ is stale (${stale.join(', ')}): run node scripts/generate-dashboards.ts\n`)
    process.exitCode = 1
  }
} else {
  for (const [file, text] of made) await writeFile(new URL(file, folder), text)
  for (const file of gone) await rm(new URL(file, folder))
}
