import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readBaseline, readSpread } from '../baseline/baseline.ts'
import { BASELINE_FILE, SPREAD_FILE } from '../sets/data-folder.ts'
import { fillPlaces } from './fill-places.ts'
import { measuredTables } from './measured-tables.ts'

const DOCUMENTS = ['README.md', 'docs/MEASURED.md']
const root = resolve(import.meta.dirname, '../../../..')

/** The documents that quote figures, as they should be: their tables are written from the baseline. */
const measuredDocuments = (): { name: string; written: string; text: string }[] => {
  const tables = measuredTables(readBaseline(BASELINE_FILE), readSpread(SPREAD_FILE))
  return DOCUMENTS.map((name) => {
    const written = readFileSync(resolve(root, name), 'utf8')
    return { name, written, text: fillPlaces(written, tables) }
  })
}

/** Names of the documents that say something else than the baseline. */
export const staleDocuments = (): string[] =>
  measuredDocuments()
    .filter(({ written, text }) => written !== text)
    .map(({ name }) => name)

export const writeMeasured = (): void => {
  for (const { name, written, text } of measuredDocuments())
    if (written !== text) writeFileSync(resolve(root, name), text)
}
