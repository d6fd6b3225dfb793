import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { BY_MEANING } from '../sets/evaluation-set.ts'
import type { Figure } from '../sets/figure.ts'

/** Figures by set and key; null where there was nothing to measure. */
export type Baseline = Record<string, Record<string, number | null>>
/** Standard deviation of figures by set and key, had the set been drawn anew; lies beside the baseline. */
export type Spread = Record<string, Record<string, number>>

export type Fall = { set: string; key: string; was: number | null; now: number | null; margin: number }

export const readBaseline = (path: string): Baseline => readIfThere(path) as Baseline
export const readSpread = (path: string): Spread => readIfThere(path) as Spread

const readIfThere = (path: string): unknown => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {})

/** Puts the measured sets in place of their old figures; sets that did not run keep theirs. */
export const writeBaseline = (
  path: string,
  before: Baseline,
  measured: ReadonlyMap<string, readonly Figure[]>,
): void => {
  const next: Baseline = { ...before }
  for (const [set, figures] of measured)
    next[set] = Object.fromEntries(figures.map(({ key, value }) => [key, value === null ? null : rounded(value)]))
  writeIfChanged(path, before, next)
}

/** The same for the spread of each set. */
export const writeSpread = (
  path: string,
  before: Spread,
  measured: ReadonlyMap<string, ReadonlyMap<string, number>>,
): void => {
  const next: Spread = { ...before }
  for (const [set, spread] of measured)
    next[set] = Object.fromEntries([...spread].map(([key, value]) => [key, rounded(value)]))
  writeIfChanged(path, before, next)
}

const writeIfChanged = (path: string, before: object, next: object): void => {
  if (!isDeepStrictEqual(next, before)) writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`)
}

const rounded = (value: number): number => Number(value.toFixed(4))
/** Half of what rounding the baseline can move. */
const ROUNDING = 0.0001

/** The noise of a figure; by meaning too it is taken to be that of the text alone. */
export const noiseOf = (spread: Spread, set: string, key: string): number | undefined =>
  (spread[set] ?? spread[set.replace(BY_MEANING, '')])?.[key]

/**
 * Figures that got worse than their baseline by more than noise: by more than one step, and by more than what drawing the
 * set anew would move them. A figure without a baseline cannot fall.
 */
export const fallsOf = (set: string, figures: readonly Figure[], baseline: Baseline, spread: Spread): Fall[] =>
  figures.flatMap(({ key, value, better, step }) => {
    const was = baseline[set]?.[key]
    if (step === null || was === undefined || was === null) return []
    const margin = Math.max(step, noiseOf(spread, set, key) ?? 0)
    const worse = value === null || (better === 'higher' ? was - value : value - was) > margin + ROUNDING
    return worse ? [{ set, key, was, now: value, margin }] : []
  })
