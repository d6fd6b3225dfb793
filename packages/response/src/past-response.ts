import type { ComplaintOutcome, PastResponse, Statement } from '@outcry/contracts'
import { issueDurations, issueTimes, linesOfAlerts, type TimedEntry } from './issue-times.ts'

/** How an issue that is over was answered, from what is on record of it. */
export const pastResponse = (
  issue: { issueType: string | null; since: number; openedAt: number },
  timeline: readonly TimedEntry[],
  statements: readonly Pick<Statement, 'kind' | 'publications' | 'facts'>[],
  outcomes: Readonly<Partial<Record<ComplaintOutcome, number>>>,
): PastResponse => {
  const times = issueTimes(issue, timeline, statements)
  const answeredAt = times.announced ?? times.detected
  const lines = linesOfAlerts(timeline)
  const calm = lines.filter(({ body, at }) => body['reason'] === 'calm' && at >= answeredAt).map(({ at }) => at)
  const published = statements.filter(({ publications }) => publications.length > 0)
  return {
    issueType: issue.issueType,
    remedies: [...new Set(published.flatMap(({ facts }) => facts.remedy ?? []))].toSorted(),
    announcedMs: issueDurations(times).announced,
    calmMs: calm.length === 0 ? null : Math.min(...calm) - answeredAt,
    reopened: lines.some(({ body }) => body['reason'] === 'reopened'),
    outcomes,
  }
}
