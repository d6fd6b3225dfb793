// Writes the tables of README.md and docs/MEASURED.md from the baseline; with --check says whether they are up to date.
import { staleDocuments, writeMeasured } from '../packages/bench/src/measured/measured-documents.ts'

if (process.argv.includes('--check')) {
  for (const name of staleDocuments()) {
    process.stderr.write(`${name} disagrees with packages/bench/baseline.json: run node scripts/generate-measured.ts\n`)
    process.exitCode = 1
  }
} else writeMeasured()
