import type { DetectionSettings } from '@outcry/contracts'
import { productsWith } from './centroid.ts'
import type { FoundBurst } from './found-burst.ts'
import type { Issue } from './issue.ts'
import { ANY_TYPE } from './type-counters.ts'

/** Share of a burst's posts, or of an issue's in its time, that both have, from which the burst continues the issue. */
const OVERLAP = 0.3
/** The same of an issue that burst within the hour, and the cosine of the two that does as well. */
const OVERLAP_AT_ONCE = 0.1
const ALIKE_AT_ONCE = 0.25
/** Share of the posts of everything at once that one thing must explain to be what it was. */
const MOST_OF_ANY = 0.5
/** Quiet after which the same kind of burst is a second wave: a new issue. */
export const WAVE_GAP_MS = 3_600_000
/** Cosine of centroids from which a burst is the same narrow issue as an earlier one, whatever lies between. */
const SAME_ISSUE = 0.75
/** Cosine from which a burst says what an earlier one of its type said. */
const LIKE_EARLIER = 0.3

/**
 * The issue that a burst continues, or undefined where it opens one: the one that shares most of the posts of either;
 * else one that goes on at once and is of its type or like it; else one of the same words or type without an hour of
 * quiet between; a closed one only within `reopenMs`.
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
    if (overlap === 0 || at - issue.lastBurstAt > calmMs) continue
    // What everybody complains about must not hide what some complain about, but may turn out to be that.
    if (issue.issueType === ANY_TYPE && found.rule === 'scan' && !isMostOf(issue, found, overlap, at)) continue
    // A few posts among many are none of the many's issue, but may be all that theirs has.
    const share = overlap / Math.max(1, Math.min(found.members.length, recentPosts(issue, found, at)))
    if (share >= (isAtOnce(found, issue, at, calmMs) ? OVERLAP_AT_ONCE : OVERLAP) && share > most) {
      best = issue
      most = share
    }
  }
  best ??= issues.findLast(
    (issue) =>
      isAtOnce(found, issue, at, calmMs) &&
      ((found.issueType !== null && issue.issueType === found.issueType) || likeness(found, issue) >= ALIKE_AT_ONCE),
  )
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
  return throughMerged(found, issues, at, { calmMs, reopenMs })
}

/** The issue that goes on in the place of one that was merged; else itself. */
export const heirOf = (issue: Issue, issues: readonly Issue[]): Issue | undefined =>
  issue.state === 'merged' ? issues.find(({ id }) => id === issue.mergedInto) : issue

/** What people merged is one thing: a burst like what was merged goes on in the issue that took it in. */
const throughMerged = (
  found: FoundBurst,
  issues: readonly Issue[],
  at: number,
  settings: Pick<DetectionSettings, 'calmMs' | 'reopenMs'>,
): Issue | undefined => {
  for (const merged of issues.toReversed()) {
    const heir = merged.state === 'merged' ? heirOf(merged, issues) : undefined
    if (heir === undefined || merged.issueType === ANY_TYPE) continue
    const sameType = found.issueType !== null && merged.issueType === found.issueType
    if (isAtOnce(found, heir, at, settings.calmMs) && (sameType || likeness(found, merged) >= ALIKE_AT_ONCE))
      return heir
    const closed = heir.state === 'resolved' || heir.state === 'dismissed'
    const within = closed ? at - heir.closedAt <= settings.reopenMs : heir.state === 'calm' || !isQuiet(heir, at)
    if (within && saysTheSame(found, merged)) return heir
  }
  return undefined
}

/**
 * The latest issue that a new one repeats: a narrow one what was said before, a broad one its type, whatever is said of
 * it this time. Two narrow ones of a type are no more than that.
 */
export const recurring = (found: FoundBurst, issues: readonly Issue[]): Issue | undefined =>
  issues.findLast((issue) => {
    if (found.rule === 'scan' && saysTheSame(found, issue)) return true
    if (found.issueType === null || issue.issueType !== found.issueType) return false
    return (found.rule === 'counter' && issue.rule === 'counter') || likeness(found, issue) >= LIKE_EARLIER
  })

/** True when nobody joined for so long that the same again is a second wave. */
export const isQuiet = (issue: Issue, at: number): boolean =>
  at - Math.max(issue.lastBurstAt, issue.evidence.at(-1)?.at ?? 0) > WAVE_GAP_MS

/** True when one thing explains most of what everybody has complained about lately. */
export const isMostOf = (issue: Issue, found: FoundBurst, overlap: number, at: number): boolean =>
  found.issueType !== ANY_TYPE && overlap > 0 && overlap >= MOST_OF_ANY * recentPosts(issue, found, at)

/**
 * True where the issue burst within the hour, or was resolved within it while it went on: hardly ever are two things amiss
 * at once that share posts, words or a type. What everybody complains about shares them with all. A resolution changes
 * nothing of what it is about; one that came after calm ended nothing.
 */
const isAtOnce = (found: FoundBurst, issue: Issue, at: number, calmMs: number): boolean => {
  if (issue.issueType === ANY_TYPE || found.issueType === ANY_TYPE) return false
  if (issue.state === 'open') return at - issue.lastBurstAt <= WAVE_GAP_MS
  const ended = issue.state === 'resolved' && issue.byPerson && issue.closedAt - issue.lastBurstAt < calmMs
  return ended && at - issue.closedAt <= WAVE_GAP_MS
}

/** Posts of an issue within the time of a burst. */
const recentPosts = (issue: Issue, { windowMs }: FoundBurst, at: number): number =>
  issue.evidence.filter((post) => post.at > at - windowMs).length

const saysTheSame = (found: FoundBurst, issue: Issue): boolean => likeness(found, issue) >= SAME_ISSUE

/** Cosine of what both say. */
const likeness = (found: FoundBurst, issue: Issue): number => productsWith(found.centroid, [issue.centroid])[0]!
