import { DAY_MS, HOUR_MS, MINUTE_MS } from '@outcry/contracts'
import type { Draws } from '@outcry/testkit/made-texts'

/** Every six days: how many people each burst has, and what else happens that is none. */
const BURST_SIZES = [8, 8, 8, 12, 12, 12, 12, 20, 20, 20, 20, 40, 40, 40]
const HARD_KINDS = ['diffuse', 'diffuse', 'spam', 'slow'] as const
const ROUND_DAYS = 6
const BURST_MINUTES = [30, 60, 120]
const QUIET_START_HOURS = 26
const QUIET_END_HOURS = 4
const DIFFUSE_MS = 2 * HOUR_MS
const SPAM_MS = 30 * MINUTE_MS

export type PlannedBurst = { issue: string; start: number; minutes: number; size: number }
export type PlannedHard = { kind: 'diffuse' | 'spam' | 'slow'; start: number; end: number; issue?: string }

/**
 * When what happens, spread evenly with jitter after a quiet first day. Bursts are of `complaints`; the slow rise is of
 * an issue that never bursts, where there is one.
 */
export const planEvents = (
  draws: Draws,
  issues: readonly string[],
  complaints: readonly string[],
  span: { startMs: number; days: number },
): { bursts: PlannedBurst[]; hard: PlannedHard[] } => {
  const rounds = Math.max(1, Math.round(span.days / ROUND_DAYS))
  const sizes = draws.shuffled(Array.from({ length: rounds }, () => BURST_SIZES).flat())
  const bursting: string[] = []
  while (bursting.length < sizes.length) bursting.push(...draws.dealt(complaints))
  bursting.length = sizes.length
  const kinds = draws.shuffled([
    ...sizes.map(() => 'burst' as const),
    ...Array.from({ length: rounds }, () => HARD_KINDS).flat(),
  ])
  const calm = issues.filter((issue) => !bursting.includes(issue))
  const bursts: PlannedBurst[] = []
  const hard: PlannedHard[] = []
  const busyHours = span.days * 24 - QUIET_START_HOURS - QUIET_END_HOURS
  for (const [index, kind] of kinds.entries()) {
    const planned = Math.floor((QUIET_START_HOURS + (index * busyHours) / kinds.length) * HOUR_MS)
    const start = span.startMs + planned + Math.floor(draws.uniform() * 4 * HOUR_MS)
    switch (kind) {
      case 'burst': {
        const at = bursts.length
        bursts.push({ issue: bursting[at]!, start, minutes: draws.pick(BURST_MINUTES), size: sizes[at]! })
        break
      }
      case 'diffuse':
        hard.push({ kind, start, end: start + DIFFUSE_MS })
        break
      case 'spam':
        hard.push({ kind, start, end: start + SPAM_MS, issue: draws.pick(complaints) })
        break
      case 'slow':
        hard.push({ kind, start, end: start + DAY_MS, issue: draws.pick(calm.length > 0 ? calm : issues) })
    }
  }
  return { bursts, hard }
}
