import type { AlertKind } from '@outcry/contracts'

export type DeliveryState = 'pending' | 'delivered' | 'dead'
/** What the console reads of messages to targets. Times are ISO 8601. */
export type Delivery = {
  id: string
  /** Null where it is about a source or a digest. */
  alertKind: AlertKind | null
  issueId: string
  issueLabel: string | null
  brand: string
  target: string
  state: DeliveryState
  attempts: number
  dueAt: string
  createdAt: string
  finishedAt: string | null
  lastStatus: number | null
  lastError: string | null
}
