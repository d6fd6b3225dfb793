/** A write: who, by what, from where, what it did to what, and what came of it. */
export type AuditEntry = {
  /** Rows of one request have the same. */
  requestId: string
  who: string
  via: 'token' | 'session' | 'webhook' | 'command'
  /** The beginning of the SHA-256 of the token or session; never the secret. */
  credential: string | null
  address: string | null
  operation: string
  route: string
  brand: string | null
  issueId: string | null
  /** What else it was about: a mute, a delivery, an erasure. */
  subject: string | null
  /** HTTP status; null while it is not known yet what comes of it. */
  status: number | null
  idempotencyKey: string | null
}
export type AuditRow = AuditEntry & { id: string; at: number }

export type AuditFilter = {
  /** A reader of some brands sees what was done to these, and nothing that was about no brand. */
  scope: readonly string[] | null
  brands: readonly string[]
  who: readonly string[]
  operations: readonly string[]
  issueId: string | null
  /** At or after, and before; epoch ms. */
  since: number | null
  until: number | null
}
