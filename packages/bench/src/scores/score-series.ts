import { HOUR_MS, MINUTE_MS, WEEK_MS } from '@outcry/contracts'
import { median, share, sum } from './averages.ts'

/** Rows of one series in order of time, with which of them are detections, and the hand-made labels, epoch ms. */
export type LabelledSeries = {
  times: readonly number[]
  alerts: readonly boolean[]
  windows: readonly (readonly [number, number])[]
  labels: readonly number[]
}

export type SeriesScore = {
  standard: number
  lowFalsePositives: number
  lowFalseNegatives: number
  windowsHit: number
  windows: number
  falsePerSeriesWeek: number
  minutesAfterLabel: number | null
}

type Profile = { hit: number; wrong: number; miss: number }
const STANDARD: Profile = { hit: 1, wrong: 0.11, miss: 1 }
const LOW_FALSE_POSITIVES: Profile = { hit: 1, wrong: 0.22, miss: 1 }
const LOW_FALSE_NEGATIVES: Profile = { hit: 1, wrong: 0.11, miss: 2 }
const PROBATION_SHARE = 0.15
const PROBATION_MOST_ROWS = 750

/**
 * The score of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015, arXiv:1510.03336) of rows flagged as onsets: 0 for
 * no detection at all, 100 for every window at its very start and nothing else. The first 15 % of a series, at most 750
 * rows, are not scored.
 */
export const scoreSeries = (series: readonly LabelledSeries[]): SeriesScore => {
  const placed = series.map(place)
  return {
    standard: normalised(placed, STANDARD),
    lowFalsePositives: normalised(placed, LOW_FALSE_POSITIVES),
    lowFalseNegatives: normalised(placed, LOW_FALSE_NEGATIVES),
    ...events(placed),
  }
}

type Window = { left: number; right: number }
/** `window` is -1 outside of all; `value` is -1 to 1, before the profile's weights. */
type Detection = { row: number; window: number; value: number }
type Placed = { series: LabelledSeries; first: number; windows: Window[]; detections: Detection[] }

const sigmoid = (y: number): number => 2 / (1 + Math.exp(5 * y)) - 1

const place = (series: LabelledSeries): Placed => {
  const { times } = series
  const first = Math.min(Math.floor(PROBATION_SHARE * times.length), PROBATION_MOST_ROWS)
  const windows = series.windows.map(([start, end]) => ({
    left: times.filter((at) => at < start).length,
    right: times.filter((at) => at <= end).length - 1,
  }))
  const rows = times.flatMap((_, row) => (row >= first && series.alerts[row] === true ? [row] : []))
  return { series, first, windows, detections: rows.map((row) => ({ row, ...valueAt(row, windows) })) }
}

const valueAt = (row: number, windows: readonly Window[]): { window: number; value: number } => {
  const window = windows.findIndex(({ left, right }) => left <= row && row <= right)
  if (window >= 0) {
    const { left, right } = windows[window]!
    return { window, value: sigmoid(-(right - row + 1) / (right - left + 1)) / sigmoid(-1) }
  }
  const last = windows.findLast(({ right }) => right < row)
  if (last === undefined) return { window, value: -1 }
  const distance = (row - last.right) / (last.right - last.left)
  return { window, value: distance > 3 ? -1 : sigmoid(distance) }
}

const normalised = (placed: readonly Placed[], { hit, wrong, miss }: Profile): number => {
  const count = sum(placed.map(({ windows }) => windows.length))
  const raw = sum(
    placed.map(({ windows, detections }) => {
      const outside = sum(detections.filter(({ window }) => window < 0).map(({ value }) => wrong * value))
      const inside = windows.map((_, index) => {
        const values = detections.filter(({ window }) => window === index).map(({ value }) => value)
        return values.length === 0 ? -miss : hit * Math.max(...values)
      })
      return outside + sum(inside)
    }),
  )
  return (100 * (raw + miss * count)) / (count * (hit + miss))
}

/** What a person would see. False alarms within an hour of each other are one. */
const events = (placed: readonly Placed[]) => {
  const afterLabel: number[] = []
  let windowsHit = 0
  let wrong = 0
  for (const { series, windows, detections } of placed) {
    const outside = detections.filter(({ window }) => window < 0).map(({ row }) => series.times[row]!)
    wrong += outside.filter((at, index) => index === 0 || at - outside[index - 1]! > HOUR_MS).length
    for (const [index, { left, right }] of windows.entries()) {
      const hit = detections.find(({ window }) => window === index)
      if (hit === undefined) continue
      windowsHit += 1
      const label = series.labels.find((at) => series.times[left]! <= at && at <= series.times[right]!)
      if (label !== undefined) afterLabel.push((series.times[hit.row]! - label) / MINUTE_MS)
    }
  }
  const weeks = sum(placed.map(({ series, first }) => (series.times.at(-1)! - series.times[first]!) / WEEK_MS))
  return {
    windowsHit,
    windows: sum(placed.map(({ windows }) => windows.length)),
    falsePerSeriesWeek: share(wrong, weeks),
    minutesAfterLabel: median(afterLabel),
  }
}
