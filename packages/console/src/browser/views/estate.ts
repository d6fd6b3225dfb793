import type { SourceState } from '@outcry/contracts'

/** What the console reads of what is watched. */
export type Source = {
  name: string
  connector: string
  /** Brands it may speak of; null is all. */
  brands: string[] | null
  state: SourceState
  reason: string
  /** What to do about it. */
  fix: string | null
  stateSince: string | null
  lastEventAt: string | null
  /** Up to when it has delivered everything, and how far that is behind. */
  sourceTime: string | null
  lagMs: number | null
  gaps: number
}
type Paging = {
  price: number | null
  freeAt: string | null
  weeks: { pages: number; crises: number }[]
  perWeek: number
  closed: number
  dismissed: number
  held: number
}
export type Brand = {
  id: string
  name: string
  pagesPerWeek: number
  pagesUsed: number
  paging: Paging
  learning: { until: string | null } | null
}
