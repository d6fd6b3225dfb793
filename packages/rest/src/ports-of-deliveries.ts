import type { AlertKind } from '@outcry/contracts'
import type { BrandScope, Page, PageRequest } from './ports-of-lists.ts'
import type { Act } from './ports-of-writes.ts'

export type DeliveryState = 'pending' | 'delivered' | 'dead'

export type DeliveryRow = {
  id: string
  alertId: string
  alertKind: AlertKind | null
  issueId: string
  /** Null for an alarm about a source or a digest, and once the issue has expired. */
  issueLabel: string | null
  brand: string
  target: string
  state: DeliveryState
  attempts: number
  dueAt: number
  createdAt: number
  finishedAt: number | null
  lastStatus: number | null
  lastError: string | null
}

export type DeliveryFilter = {
  scope: BrandScope
  brands: readonly string[]
  states: readonly DeliveryState[]
  target: string | null
}

/** Deliveries, newest first. `redeliver` sends a finished one again under the same id; false: it is still pending. */
export type DeliveryPort = {
  list(filter: DeliveryFilter, page: PageRequest): Promise<Page<DeliveryRow>>
  get(id: string): Promise<DeliveryRow | null>
  redeliver(id: string, act: Act, nowMs: number): Promise<boolean>
}
