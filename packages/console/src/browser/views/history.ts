import type { IssueSummary } from './issue.ts'

export type Step = 'detected' | 'paged' | 'acknowledged' | 'briefed' | 'announced' | 'resolved' | 'thanked'
/** An issue that is over, and how long each step took, ms; null where it was not taken. */
export type PastIssue = {
  issue: IssueSummary & { recurrenceOf: string | null }
  closedAt: string | null
  closedBy: string | null
  steps: Record<Step, number | null>
}
