import type { AuditEntry, AuditFilter, AuditRow, Sql } from '@outcry/contracts'
import { inScope, scopeValue, someOf } from './list-filter.ts'

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
