import type { DetectionSettings } from '@outcry/contracts'
import { productsWith } from './centroid.ts'
import type { FoundBurst } from './found-burst.ts'
import type { Issue } from './issue.ts'
import { ANY_TYPE } from './type-counters.ts'

/** Share of a burst's posts that are already an issue's from which it continues that issue. */
const OVERLAP = 0.3
/** Share of the posts of everything at once that one thing must explain to be what it was. */
const MOST_OF_ANY = 0.5
/** Quiet after which the same kind of burst is a second wave: a new issue. */
export const WAVE_GAP_MS = 3_600_000
/** Cosine of centroids from which a burst is the same narrow issue as an earlier one. */
const SAME_ISSUE = 0.75

/**
 * The issue that a burst continues, or undefined where it opens one: the one most of its posts belong to; else one of the
 * same words or type without an hour of quiet between; a closed one only within `reopenMs`.
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
    const overlap = overlaps.get(issue.id) ?? 0
    const share = overlap / Math.max(1, found.members.length)
    // What everybody complains about must not hide what some complain about, but may turn out to be that.
    if (issue.issueType === ANY_TYPE && found.rule === 'scan' && !isMostOf(issue, found, overlap, at)) continue
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
    } else if (found.rule === 'scan' && (closed || issue.state === 'calm' || !isQuiet(issue, at))) {
      if (issue.issueType !== ANY_TYPE && saysTheSame(found, issue)) return issue
    }
  }
  return undefined
}

/** The latest issue that a new one is like: of its type, or its words. */
export const recurring = (found: FoundBurst, issues: readonly Issue[]): Issue | undefined =>
  issues.findLast(
    (issue) => (found.issueType !== null && issue.issueType === found.issueType) || saysTheSame(found, issue),
  )

/** True when nobody joined for so long that the same again is a second wave. */
export const isQuiet = (issue: Issue, at: number): boolean =>
  at - Math.max(issue.lastBurstAt, issue.evidence.at(-1)?.at ?? 0) > WAVE_GAP_MS

/** True when one thing explains most of what everybody has complained about lately. */
export const isMostOf = (issue: Issue, found: FoundBurst, overlap: number, at: number): boolean => {
  const recent = issue.evidence.filter((post) => post.at > at - found.windowMs).length
  return found.issueType !== ANY_TYPE && overlap > 0 && overlap >= MOST_OF_ANY * recent
}

const saysTheSame = (found: FoundBurst, issue: Issue): boolean =>
  productsWith(found.centroid, [issue.centroid])[0]! >= SAME_ISSUE
