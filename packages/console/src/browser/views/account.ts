import type { Role } from '@outcry/contracts'

/** A browser that is signed in. Times are ISO 8601. */
export type SignedIn = {
  id: string
  name: string
  role: Role
  brands: string[] | null
  from: 'token' | 'oidc'
  madeAt: string
  until: string
}
/** A write, or a try to write. */
export type AuditEntry = {
  id: string
  at: string
  who: string
  via: 'token' | 'session' | 'webhook' | 'command'
  operation: string
  brand: string | null
  issueId: string | null
  subject: string | null
  status: number | null
}
/** Rows that named a person and no longer do, by table. */
export type Forgotten = { rows: Record<string, number> }
/** What an erasure did, what is due when, and what had left the system. */
export type Erasure = {
  id: string
  mentions: number
  purged: Record<string, number>
  due: { what: 'state' | 'mentions' | 'commands' | 'alerts' | 'dead-letters'; at: string | null }[]
  sent: { id: string; target: string; brand: string; issueId: string; sentAt: string | null }[]
  busUntil: string | null
}
