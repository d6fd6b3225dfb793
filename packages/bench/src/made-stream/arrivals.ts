import { HOUR_MS } from '@outcry/contracts'
import type { PlannedHard } from './plan.ts'
import type { Draws } from '@outcry/testkit/made-texts'

/** Load of each hour of the day; people sleep. Scaled to mean 1. */
const BY_HOUR = [
  0.25, 0.2, 0.15, 0.15, 0.2, 0.3, 0.5, 0.8, 1.2, 1.5, 1.6, 1.6, 1.5, 1.5, 1.5, 1.4, 1.4, 1.4, 1.3, 1.2, 1.1, 0.9, 0.6,
  0.4,
]
const MEAN = BY_HOUR.reduce((total, load) => total + load, 0) / BY_HOUR.length
const DIFFUSE_FACTOR = 2.5
const SLOW_FACTOR = 3

/** Times of one issue's steady posts, epoch ms: a thinned Poisson process (Lewis and Shedler 1979). */
export function* arrivals(
  draws: Draws,
  perHour: number,
  issue: string,
  hard: readonly PlannedHard[],
  span: { startMs: number; endMs: number },
): Generator<number> {
  const slow = hard.filter((each) => each.kind === 'slow' && each.issue === issue)
  const diffuse = hard.filter(({ kind }) => kind === 'diffuse')
  const during = (spans: readonly PlannedHard[], at: number) => spans.some(({ start, end }) => start <= at && at < end)
  const ceiling = (Math.max(...BY_HOUR) / MEAN) * DIFFUSE_FACTOR * (slow.length > 0 ? SLOW_FACTOR : 1)
  for (let at = span.startMs; ;) {
    at += (draws.exponential() / (perHour * ceiling)) * HOUR_MS
    if (at >= span.endMs) return
    const load =
      (BY_HOUR[Math.floor((at - span.startMs) / HOUR_MS) % 24]! / MEAN) *
      (during(diffuse, at) ? DIFFUSE_FACTOR : 1) *
      (during(slow, at) ? SLOW_FACTOR : 1)
    if (draws.uniform() < load / ceiling) yield Math.floor(at)
  }
}
