import type { EscalationChain, KnownEvent, Mute, QuietHours, Severity } from '@outcry/contracts'

/** Which alerts one target gets. */
export type Route = {
  target: string
  /** Only these brands; all where absent. */
  brands?: readonly string[]
  minSeverity: Severity
  /** Only alerts of issues that page. */
  pagesOnly: boolean
  drills: boolean
  /** Only issues of these types; all where absent. */
  issueTypes?: readonly string[]
  /** Only issues of which a fair part is written in one of these, ISO 639; all where absent. */
  languages?: readonly string[]
  /** Quiet hours do not hold it. */
  always?: boolean
  /** Only what nobody acknowledged in time. */
  escalationOnly?: boolean
}

/** What the operator decides about alerts of one brand. */
export type AlertingSettings = {
  /** Pages in a rolling 7 days; a crisis neither asks nor spends. */
  pagesPerWeek: number
  /** Least time between two updates about growth. */
  updateEveryMs: number
  /** Calm for so long with live sources resolves an issue nobody took. */
  resolveAfterCalmMs: number
  routes: readonly Route[]
  /** Quiet hours of the brand; none where absent, as in a backtest, which sends nothing. */
  quietHours?: readonly QuietHours[]
  /** What people muted and did not end; those that are over by time may be among them. */
  mutes?: readonly Mute[]
  /** Planned events of the brand; those that are not on may be among them. None where absent, as in a backtest. */
  planned?: readonly KnownEvent[]
  escalation?: readonly EscalationChain[]
}
