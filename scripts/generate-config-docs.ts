// Writes docs/CONFIG.md and docs/outcry.schema.json from the schema; with --check says whether they are up to date.
import { readFile, writeFile } from 'node:fs/promises'
import { connectors } from '../packages/connectors/src/index.ts'
import { formats } from '../packages/notifiers/src/index.ts'
import { configJsonSchema, configMarkdown } from '../packages/runtime/src/index.ts'

const kinds = Object.fromEntries(formats.map((format) => [format.name, format]))
const documents = {
  'docs/CONFIG.md': configMarkdown(connectors, kinds),
  'docs/outcry.schema.json': configJsonSchema(connectors, kinds),
}

for (const [name, text] of Object.entries(documents)) {
  const file = new URL(`../${name}`, import.meta.url)
  if (!process.argv.includes('--check')) {
    await writeFile(file, text)
    continue
  }
  const written = await readFile(file, 'utf8').catch(() => '')
  if (written === text) continue
  process.stderr.write(`${name} is stale: run node scripts/generate-config-docs.ts\n`)
  process.exitCode = 1
}
