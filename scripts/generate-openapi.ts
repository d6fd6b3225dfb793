// Writes docs/openapi.json from the routes' schemas; with --check says whether it is up to date.
import { readFile, writeFile } from 'node:fs/promises'
import { openApiDocument } from '../packages/rest/src/index.ts'

const file = new URL('../docs/openapi.json', import.meta.url)
const text = `${JSON.stringify(await openApiDocument(), null, 2)}\n`

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch(() => '')
  if (written !== text) {
    process.stderr.write('docs/openapi.json is stale: run node scripts/generate-openapi.ts\n')
    process.exitCode = 1
  }
} else {
  await writeFile(file, text)
}
