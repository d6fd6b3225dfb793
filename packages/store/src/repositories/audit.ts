import type { Sql } from '@outcry/contracts'
import { type BrandScope, inScope, scopeValue, someOf } from './list-filter.ts'

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
  scope: BrandScope
  brands: readonly string[]
  who: readonly string[]
  operations: readonly string[]
  issueId: string | null
  /** At or after, and before; epoch ms. */
  since: number | null
  until: number | null
}

const COLUMNS = `seq::text AS id, at_ms AS "at", request_id AS "requestId", who, via, credential, address, operation,
  route, brand, issue_id AS "issueId", subject, status, idempotency_key AS "idempotencyKey"`
const NULLS = /\0/g
const text = (value: string | null): string | null => value?.replace(NULLS, '') ?? null

/** Adds a row; in the transaction of the write it tells of, so that neither is without the other. */
export const appendAudit = async (tx: Sql, entry: AuditEntry, atMs: number): Promise<void> => {
  const { requestId, who, via, credential, address, operation, route, status, idempotencyKey } = entry
  const about = [entry.brand, entry.issueId, entry.subject].map(text)
  await tx.query(
    `INSERT INTO outcry.audit (at_ms, request_id, who, via, credential, address, operation, route, brand, issue_id,
       subject, status, idempotency_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [atMs, requestId, text(who), via, credential, address, operation, route, ...about, status, text(idempotencyKey)],
  )
}

/** Rows after a place, the newest first. */
export const listAudit = async (
  sql: Sql,
  filter: AuditFilter,
  after: { at: number; id: string } | null,
  limit: number,
): Promise<AuditRow[]> => {
  const { scope, brands, who, operations, issueId, since, until } = filter
  const wanted = [scopeValue(scope), someOf(brands), someOf(who), someOf(operations), issueId, since, until]
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${COLUMNS} FROM outcry.audit
     WHERE ${inScope('$1')}
       AND ($2::text[] IS NULL OR brand = ANY($2)) AND ($3::text[] IS NULL OR who = ANY($3))
       AND ($4::text[] IS NULL OR operation = ANY($4)) AND ($5::text IS NULL OR issue_id = $5)
       AND ($6::bigint IS NULL OR at_ms >= $6) AND ($7::bigint IS NULL OR at_ms < $7)
       AND ($8::bigint IS NULL OR (at_ms, seq) < ($8, $9::bigint))
     ORDER BY at_ms DESC, seq DESC LIMIT $10`,
    [...wanted, after?.at ?? null, after?.id ?? null, limit],
  )
  return rows
}
