import { seededDraws } from '@outcry/testkit/made-texts'
import type { Figure } from '../sets/figure.ts'
import { sum } from './averages.ts'

const RESAMPLES = 200
const SEED = 1

/**
 * Standard deviation of each figure over sets of `size` parts drawn with replacement (Efron's bootstrap, 1979). Figures
 * that some draws do not have are left out of those draws.
 */
export const resampledSpread = <T>(
  parts: readonly T[],
  size: number,
  figures: (parts: readonly T[]) => readonly Figure[],
): Map<string, number> => {
  const draws = seededDraws(SEED)
  const values = new Map<string, number[]>()
  for (let resample = 0; resample < RESAMPLES; resample += 1) {
    const drawn = Array.from({ length: size }, () => draws.pick(parts))
    for (const { key, value } of figures(drawn)) {
      if (value === null) continue
      const known = values.get(key)
      if (known === undefined) values.set(key, [value])
      else known.push(value)
    }
  }
  return new Map([...values].map(([key, list]) => [key, standardDeviation(list)]))
}

const standardDeviation = (values: readonly number[]): number => {
  const mean = sum(values) / values.length
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length)
}
