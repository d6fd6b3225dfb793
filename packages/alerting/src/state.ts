import type { Alert, Authenticity, ClockName, Evidence, IssueState, Severity, TypeOfIssue } from '@outcry/contracts'

/** A page that counted against the budget. */
export type SpentPage = { at: number; issueId: string }

/** An issue that wanted a page, whether it got one or not: when it first did, and the most it was worth since. */
export type AskedPage = { issueId: string; at: number; worth: number }

/** What alerting remembers of one brand; plain JSON, changed only under the brand's lock. */
export type BrandAlerting = {
  pages: readonly SpentPage[]
  /** What asked for pages in the last weeks, oldest first; bounded. */
  asked: readonly AskedPage[]
  /** From when on `asked` is complete; null before the brand's first issue. */
  since: number | null
}

/** Also what older state, which knows fewer fields, is laid over. */
export const emptyBrandAlerting = (): BrandAlerting => ({ pages: [], asked: [], since: null })

/** A message that waits for a target: the newest alert of the fire that it has not heard of. Times are epoch ms. */
export type HeldDelivery = {
  target: string
  alertId: string
  since: number
  /** As things stand; whether it still waits is asked again each time. */
  until: number
  /** Begins with `held: `. */
  reason: string
  /** Of an alarm: it is not sent any more once its clock is met. */
  clock?: Alert['clock']
}

/** What one run of a clock has said. Times are epoch ms. */
export type ClockSaid = {
  run: string
  /** Later than that of the run where the time was set back. */
  startedAt: number
  reminded: boolean
  /** Alarms so far: one when it was over, then one for each further step of the escalation. */
  alarms: number
  /** When the last of them was raised; 0 before. */
  alarmedAt: number
}

/** An issue as people handle it; plain JSON. Times are epoch ms. */
export type IssueView = {
  id: string
  brand: string
  clusterId: string
  state: IssueState
  /** Only rises. */
  severity: Severity
  since: number
  openedAt: number
  updatedAt: number
  calm: boolean
  /** When the calm was decided, on the clock that resolves it. */
  calmSince: number | null
  drill: boolean
  /** 0 at first, one more at each reopening; an issue is resolved at most once a life. */
  life: number
  /** When this life began, on wall time; absent in the first one and in what an older release stored. */
  reopenedAt?: number
  /** Severity of the gravest page of this life; null when nobody was paged. */
  pagedAs: Severity | null
  /** Why it did or did not page, as last decided. */
  pageReason: string
  /** What a page about it was worth at that decision, of 10; absent in what an older release stored. */
  worth?: number
  /** What the last alert said, to tell growth from noise. */
  saidAt: number
  saidAuthors: number
  /** Targets that know the issue in this life. */
  told: readonly string[]
  /** What waits for quiet hours or a mute to end; absent in what an older release stored. */
  held?: readonly HeldDelivery[]
  /** Since when people are called to it in this life, wall time; absent in what an older release stored. */
  calledAt?: number | null
  /** What its clocks have said; absent in what an older release stored. */
  clocks?: Partial<Readonly<Record<ClockName, ClockSaid>>>
  /** When a page or message of it was last held, and why, for the digest. */
  lastHeld?: { at: number; reason: string } | null
  /** What a fair part of its posts is written in, ISO 639; absent or empty where that is not known. */
  languages?: readonly string[]
  evidence: Evidence
  /** What it is about, as a person said or as it is proposed; absent before, and in what an older release stored. */
  type?: TypeOfIssue
  /** How genuine a person says it is, and what the detector sees; absent where nobody said. */
  judged?: { is: Authenticity; reason: string; by: string; at: number; seen: Authenticity } | null
  acknowledged: { by: string; at: number } | null
  announced: { by: string; at: number } | null
  closed: { by: string; at: number; reason: string } | null
  mergedInto: string | null
  splitFrom: string | null
  recurrenceOf: string | null
  /** Ids of the last events taken in, so that one told twice changes nothing. */
  seenEvents: readonly string[]
}

/** Whether people still have to do with it. */
export const isActive = (issue: Pick<IssueView, 'state'>): boolean =>
  issue.state === 'open' || issue.state === 'acknowledged' || issue.state === 'announced'

/** The issue type whose playbook counts: as a person said, else as proposed, else as it was counted. */
export const issueTypeOf = ({ type, evidence }: Pick<IssueView, 'type' | 'evidence'>): string | null =>
  type === undefined ? evidence.issueType : type.id
