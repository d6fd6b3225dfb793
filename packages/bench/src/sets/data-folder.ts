import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { EvaluationSet } from './evaluation-set.ts'

const root = resolve(import.meta.dirname, '../../../..')

/** Beside the checkout: the sets' licences keep them out of it. */
export const DATA_FOLDER: string = resolve(root, '../shared/data')
export const BASELINE_FILE: string = resolve(root, 'packages/bench/baseline.json')
export const SPREAD_FILE: string = resolve(root, 'packages/bench/spread.json')

/** Files a set needs that are not in the folder. */
export const missingFiles = (set: EvaluationSet, dataFolder: string): string[] =>
  set.needs.filter((file) => !existsSync(join(dataFolder, file)))

/** CI names `data` in OUTCRY_TEST_REQUIRE: there a missing set is a failure, as with CI=true wherever the folder is. */
export const dataRequired = (dataFolder: string): boolean =>
  (process.env['OUTCRY_TEST_REQUIRE'] ?? '').split(',').includes('data') ||
  (process.env['CI'] === 'true' && existsSync(dataFolder))
