import type { Severity } from '@outcry/contracts'

/** Which alerts one target gets. */
export type Route = {
  target: string
  /** Only these brands; all where absent. */
  brands?: readonly string[]
  minSeverity: Severity
  /** Only alerts of issues that page. */
  pagesOnly: boolean
  drills: boolean
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
}
