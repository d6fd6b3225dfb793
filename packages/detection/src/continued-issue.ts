import type { DetectionSettings } from '@outcry/contracts'
import { productsWith } from './centroid.ts'
import type { FoundBurst } from './found-burst.ts'
import type { Issue } from './issue.ts'
import { ANY_TYPE } from './type-counters.ts'

/** Share of a burst's posts that are already an issue's from which it continues that issue. */
const OVERLAP = 0.3
/** Quiet after which the same kind of burst is a second wave: a new issue. */
export const WAVE_GAP_MS = 3_600_000
/** Cosine of centroids from which a burst is the same narrow issue as an earlier one. */
const SAME_ISSUE = 0.75

/**
 * The issue that a burst continues, or undefined where it opens one: the one most of its posts belong to; else one of the
 * same words, or the same type without an hour of quiet between; a closed one only within `reopenMs`.
 */
export const continuedBy = (
  found: FoundBurst,
  issues: readonly Issue[],
  at: number,
  { calmMs, reopenMs }: Pick<DetectionSettings, 'calmMs' | 'reopenMs'>,
): Issue | undefined => {
  const overlaps = new Map<string, number>()
  for (const { issue } of found.members) if (issue) overlaps.set(issue, (overlaps.get(issue) ?? 0) + 1)
  let best: Issue | undefined
  let most = 0
  for (const issue of issues) {
    const share = (overlaps.get(issue.id) ?? 0) / Math.max(1, found.members.length)
    // What everybody complains about must not hide what some complain about.
    if (issue.issueType === ANY_TYPE && found.rule === 'scan') continue
    if (share >= OVERLAP && share > most && at - issue.lastBurstAt <= calmMs) {
      best = issue
      most = share
    }
  }
  if (best) return best
  for (const issue of issues.toReversed()) {
    const quietMs = at - issue.lastBurstAt
    const closed = issue.state === 'resolved' || issue.state === 'dismissed'
    const within = closed ? at - issue.closedAt <= reopenMs : true
    if (!within || issue.state === 'merged') continue
    if (issue.rule === 'counter' && found.rule === 'counter' && issue.issueType === found.issueType) {
      if (quietMs <= WAVE_GAP_MS || (closed && issue.byPerson)) return issue
    } else if (productsWith(found.centroid, [issue.centroid])[0]! >= SAME_ISSUE && found.rule === 'scan') {
      return issue
    }
  }
  return undefined
}
