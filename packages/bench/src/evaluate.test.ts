import { describe, expect, it } from 'vitest'
import { fallsOf, readBaseline, readSpread } from './baseline/baseline.ts'
import { ALL_SETS } from './sets/all-sets.ts'
import { BASELINE_FILE, DATA_FOLDER, dataRequired, missingFiles, SPREAD_FILE } from './sets/data-folder.ts'

describe('detection, measured against its committed baseline', () => {
  it.for(ALL_SETS)('does not fall on $name', { timeout: 300_000 }, async (set, context) => {
    const missing = missingFiles(set, DATA_FOLDER)
    if (missing.length > 0 && !dataRequired(DATA_FOLDER)) context.skip(`${missing[0]} is not in the data folder`)
    expect(missing).toEqual([])
    const figures = await set.run({ dataFolder: DATA_FOLDER })
    const baseline = readBaseline(BASELINE_FILE)
    expect(figures.filter(({ key }) => baseline[set.name]?.[key] === undefined)).toEqual([])
    expect(fallsOf(set.name, figures, baseline, set.drawnAnew ? readSpread(SPREAD_FILE) : {})).toEqual([])
  })
})
