import type { SourceState } from '@outcry/contracts'

/** What the console reads of what is watched. */
export type Source = {
  name: string
  connector: string
  state: SourceState
  reason: string
  stateSince: string | null
  lastEventAt: string | null
}
export type Paging = {
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
