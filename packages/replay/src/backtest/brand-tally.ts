import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { BrandSeries } from '../report/backtest-report.ts'

const BASE_STEP_MS = 10 * MINUTE_MS
const STEPS_MS = [BASE_STEP_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS]
const MOST_STEPS = 400

type Step = { mentions: number; complaints: number; expected: number | null }

/** Counts of one brand over time, kept in steps of 10 minutes and shown in as many as a picture can hold. */
export const createBrandTally = () => {
  const steps = new Map<number, Step>()
  const people = new Set<string>()
  const total = { mentions: 0, complaints: 0 }
  const stepAt = (ms: number): Step => {
    const key = Math.floor(ms / BASE_STEP_MS)
    let step = steps.get(key)
    if (step === undefined) steps.set(key, (step = { mentions: 0, complaints: 0, expected: null }))
    return step
  }

  return {
    mention: (atMs: number, isComplaint: boolean, author: string | undefined): void => {
      const step = stepAt(atMs)
      step.mentions += 1
      total.mentions += 1
      if (author !== undefined) people.add(author)
      if (!isComplaint) return
      step.complaints += 1
      total.complaints += 1
    },
    /** `perHour` complaints are what the baseline expects at this moment. */
    expect: (atMs: number, perHour: number): void => {
      stepAt(atMs).expected = (perHour * BASE_STEP_MS) / HOUR_MS
    },
    total: (): { mentions: number; complaints: number; people: number } => ({ ...total, people: people.size }),
    series: (): BrandSeries => toSeries(steps),
  }
}
export type BrandTally = ReturnType<typeof createBrandTally>

const toSeries = (steps: ReadonlyMap<number, Step>): BrandSeries => {
  if (steps.size === 0) return { startMs: 0, stepMs: HOUR_MS, mentions: [], complaints: [], expected: [] }
  let first = Infinity
  let last = -Infinity
  for (const key of steps.keys()) {
    first = Math.min(first, key)
    last = Math.max(last, key)
  }
  const spanMs = (last - first + 1) * BASE_STEP_MS
  const stepMs = STEPS_MS.find((ms) => spanMs / ms <= MOST_STEPS) ?? Math.ceil(spanMs / MOST_STEPS / DAY_MS) * DAY_MS
  const startMs = Math.floor((first * BASE_STEP_MS) / stepMs) * stepMs
  const length = Math.ceil(((last + 1) * BASE_STEP_MS - startMs) / stepMs)
  const series: BrandSeries = {
    startMs,
    stepMs,
    mentions: Array.from({ length }, () => 0),
    complaints: Array.from({ length }, () => 0),
    expected: Array.from({ length }, () => null),
  }
  const samples = Array.from({ length }, () => 0)
  for (const [key, step] of steps) {
    const at = Math.floor((key * BASE_STEP_MS - startMs) / stepMs)
    series.mentions[at]! += step.mentions
    series.complaints[at]! += step.complaints
    if (step.expected === null) continue
    series.expected[at] = (series.expected[at] ?? 0) + step.expected
    samples[at]! += 1
  }
  // A step whose samples are few stands for the whole of it.
  for (const [at, sampled] of samples.entries())
    if (sampled > 0) series.expected[at] = (series.expected[at]! / sampled) * (stepMs / BASE_STEP_MS)
  return series
}
