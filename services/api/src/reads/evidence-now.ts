import type { Evidence } from '@outcry/contracts'
import type { IssueFigures } from '@outcry/store'

/**
 * The evidence with its totals as they stand now: on record they move only when an issue grows by half. Never less than
 * on record, which alone knows of posts that are not kept any more; where any is missing, sources and pace stay as it has
 * them.
 */
export const evidenceNow = (evidence: Evidence, figures: IssueFigures | undefined): Evidence => {
  if (figures === undefined) return evidence
  const { people, posts, reach, platforms, lastHour, hourBefore } = figures
  return {
    ...evidence,
    authors: Math.max(evidence.authors, people),
    mentions: Math.max(evidence.mentions, posts),
    reach: Math.max(evidence.reach, reach),
    ...(posts >= evidence.mentions ? { platforms, lastHour, hourBefore } : {}),
  }
}
