import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Figure } from '../sets/figure.ts'

/** Figures by set and key; null where there was nothing to measure. */
export type Baseline = Record<string, Record<string, number | null>>

export type Fall = { set: string; key: string; was: number | null; now: number | null; margin: number }

export const readBaseline = (path: string): Baseline =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Baseline) : {}

/** Puts the measured sets in place of their old figures; sets that did not run keep theirs. */
export const writeBaseline = (
  path: string,
  before: Baseline,
  measured: ReadonlyMap<string, readonly Figure[]>,
): void => {
  const next: Baseline = { ...before }
  for (const [set, figures] of measured)
    next[set] = Object.fromEntries(figures.map(({ key, value }) => [key, value === null ? null : rounded(value)]))
  if (!isDeepStrictEqual(next, before)) writeFileSync(path, `${JSON.stringify(next, null, 2)}\n`)
}

const rounded = (value: number): number => Number(value.toFixed(4))
/** Half of what rounding the baseline can move. */
const ROUNDING = 0.0001

/** Figures that got worse than their baseline by more than their margin. A figure without a baseline cannot fall. */
export const fallsOf = (set: string, figures: readonly Figure[], baseline: Baseline): Fall[] =>
  figures.flatMap(({ key, value, better, margin }) => {
    const was = baseline[set]?.[key]
    if (margin === null || was === undefined || was === null) return []
    const worse = value === null || (better === 'higher' ? was - value : value - was) > margin + ROUNDING
    return worse ? [{ set, key, was, now: value, margin }] : []
  })
