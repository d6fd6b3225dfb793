import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fallsOf, readBaseline } from './baseline/baseline.ts'
import { ALL_SETS } from './sets/all-sets.ts'
import { BASELINE_FILE, DATA_FOLDER, missingFiles } from './sets/data-folder.ts'

/** A subset that takes seconds; `pnpm evaluate` runs them all. */
const QUICK = ['injected, given seeds 1', 'airline', 'spotify', 'series NAB realTweets', 'clusters News']
const REQUIRED = process.env['CI'] === 'true' && existsSync(DATA_FOLDER)

describe('detection, measured against its committed baseline', () => {
  it.for(QUICK)('does not fall on %s', { timeout: 180_000 }, async (name, context) => {
    const set = ALL_SETS.find((each) => each.name === name)!
    const missing = missingFiles(set, DATA_FOLDER)
    if (missing.length > 0 && !REQUIRED) context.skip(`${missing[0]} is not in the data folder`)
    expect(missing).toEqual([])
    const figures = await set.run({ dataFolder: DATA_FOLDER, freshStreams: 0 })
    const baseline = readBaseline(BASELINE_FILE)
    expect(figures.filter(({ key }) => baseline[name]?.[key] === undefined)).toEqual([])
    expect(fallsOf(name, figures, baseline)).toEqual([])
  })
})
