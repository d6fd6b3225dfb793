import type { Clock } from './clock.ts'
import type { Authenticity, Harm, IssueState, Severity } from '@outcry/contracts'

export type { Severity } from '@outcry/contracts'
/** What the issue is about: as it is proposed, or as a person said. */
export type TypeOfIssue = {
  id: string | null
  label: string | null
  by: 'proposed' | 'person'
  who: string | null
  reason: string
  at: string
  teaches: boolean
}
/** What the console reads of issues. Times are ISO 8601. */
export type IssueSummary = {
  id: string
  brand: string
  state: IssueState
  severity: Severity
  calm: boolean
  drill: boolean
  label: string
  issueType: string | null
  since: string
  openedAt: string
  updatedAt: string
  mentions: number
  authors: number
  observed: number
  expected: number
  windowMs: number
  perHour: number
  lastHour: number | null
  hourBefore: number | null
  recent: number[]
  firstHand: number | null
  hearsay: number | null
  platforms: Record<string, number>
  authenticity: Authenticity
  judged: { by: string; reason: string; seen: Authenticity } | null
  page: boolean
  pageReason: string
  waiting: { target: string; until: string }[]
  held: boolean
  clocks: Clock[]
  acknowledgedBy: string | null
  type: TypeOfIssue
  mergedInto: string | null
}
export type Exemplar = { mentionId: string; at: string; source: string; excerpt: string; url: string | null }
export type Step = { at: string; people: number; expected: number }
export type Issue = IssueSummary & {
  reposts: number
  hostilityRise: number | null
  unanswered: number | null
  reach: number
  harm: Harm
  delays: { source: string; posts: number; medianMs: number }[]
  recurrenceOf: string | null
  reasons: string[]
  exemplars: Exemplar[]
  series: Step[]
}
/** A burst that came near to an issue and opened none. */
export type Nearly = {
  id: string
  brand: string
  at: string
  since: string
  label: string
  windowMs: number
  observed: number
  expected: number
  needed: number
  reasons: string[]
}
export type TimelineEntry = { id: string; at: string; kind: string; actor: string; data: Record<string, unknown> }
