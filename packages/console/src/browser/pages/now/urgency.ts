import type { IssueSummary, Severity } from '../../views/issue.ts'

const RANK: Record<Severity, number> = { crisis: 2, major: 1, incident: 0 }
const ACTIVE = new Set<IssueSummary['state']>(['open', 'acknowledged', 'announced'])

export const isActive = (issue: Pick<IssueSummary, 'state'>): boolean => ACTIVE.has(issue.state)

/** It wanted a page, got none, and nobody took it yet. */
export const isHeld = (issue: IssueSummary): boolean => issue.held && issue.state === 'open'

/** Real before drill, burning before calm, graver first, then the newest. */
export const byUrgency = (a: IssueSummary, b: IssueSummary): number =>
  Number(a.drill) - Number(b.drill) ||
  Number(a.calm) - Number(b.calm) ||
  RANK[b.severity] - RANK[a.severity] ||
  Number(b.openedAt > a.openedAt) - Number(b.openedAt < a.openedAt)
