import type { DigestRules, HeldDigest, HeldIssue } from '@outcry/contracts'
import { deterministicId } from './deterministic-id.ts'
import type { PlannedDelivery } from './routing.ts'
import type { Route } from './settings.ts'
import { minuteOf, wallClock } from './wall-clock.ts'

/** Issues in one digest. */
export const DIGEST_ISSUES = 20

/** The last digest: its day on the clocks of the time zone, and when it was made, epoch ms. Plain JSON. */
export type LastDigest = { date: string; at: number }

/**
 * Whether a digest is due: once a day, from its time of day on, by what the clocks show; late where nobody looked. The
 * first look only begins to count.
 */
export const digestDue = (
  rules: DigestRules,
  last: LastDigest | null,
  nowMs: number,
): { due: boolean; next: LastDigest } => {
  const { date, minute } = wallClock(rules.timeZone, nowMs)
  const reached = minute >= minuteOf(rules.at)
  if (last === null) return { due: false, next: { date: reached ? date : '', at: nowMs } }
  return reached && date > last.date ? { due: true, next: { date, at: nowMs } } : { due: false, next: last }
}

/** A digest for each target that has something to read in it; the most people first. `held` is of every brand. */
export const planDigests = (input: {
  rules: DigestRules
  routes: readonly Route[]
  held: readonly HeldIssue[]
  since: number
  date: string
  nowMs: number
}): { digest: HeldDigest; delivery: PlannedDelivery }[] => {
  const { rules, routes, held, since, date, nowMs } = input
  const ordered = held.toSorted((one, other) => other.people - one.people || (one.issueId < other.issueId ? -1 : 1))
  return routes
    .filter(({ target }) => rules.targets.includes(target))
    .flatMap(({ target, brands }) => {
      const own = ordered.filter(({ brand }) => brands === undefined || brands.includes(brand))
      if (own.length === 0) return []
      const id = deterministicId('dg', date, target)
      const issues = own.slice(0, DIGEST_ISSUES)
      const digest = { id, at: nowMs, since, issues, more: own.length - issues.length }
      const about = { alertId: id, issueId: '', brand: '', target, dedupKey: `outcry:digest:${date}` }
      return [{ digest, delivery: { ...about, id: deterministicId('dl', id, target), action: 'trigger' as const } }]
    })
}
