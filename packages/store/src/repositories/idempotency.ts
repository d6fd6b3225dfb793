import type { Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'

export type IdempotencyKey = { tokenName: string; key: string }

/** What is known of a write that carries an Idempotency-Key. */
export type IdempotencyState =
  | { state: 'new' }
  /** The first request has not answered yet. */
  | { state: 'running' }
  /** The first request did what it asked for, and died before it answered. */
  | { state: 'applied' }
  | { state: 'done'; status: number; response: unknown }
  /** The key was used for another request. */
  | { state: 'mismatch' }

/** After this a request that never answered counts as dead, and can be sent again under its key. */
const ABANDONED_MS = 60_000

type Row = { same: boolean; applied: boolean; late: boolean; status: number | null; response: unknown }

/** Claims the key for a request, or says what became of the first one. `requestHash` covers method, path and body. */
export const beginIdempotent = async (
  sql: Sql,
  { tokenName, key, requestHash }: IdempotencyKey & { requestHash: Uint8Array },
): Promise<IdempotencyState> => {
  const hash = Buffer.from(requestHash)
  const { rowCount } = await sql.query(
    `INSERT INTO outcry.idempotency AS old (token_name, key, request_hash) VALUES ($1, $2, $3)
     ON CONFLICT (token_name, key) DO UPDATE SET created_at = now()
     WHERE old.request_hash = excluded.request_hash AND old.status IS NULL AND NOT old.applied
       AND old.created_at < now() - $4 * interval '1 ms'`,
    [tokenName, key, hash, ABANDONED_MS],
  )
  if (rowCount) return { state: 'new' }
  const { rows } = await sql.query<Row>(
    `SELECT request_hash = $3 AS same, applied, created_at < now() - $4 * interval '1 ms' AS late, status, response
     FROM outcry.idempotency WHERE token_name = $1 AND key = $2`,
    [tokenName, key, hash, ABANDONED_MS],
  )
  const found = rows[0]
  if (!found) return { state: 'running' }
  if (!found.same) return { state: 'mismatch' }
  if (found.status === null) return { state: found.applied && found.late ? 'applied' : 'running' }
  return { state: 'done', status: found.status, response: found.response }
}

/** Says in the transaction of a write that it is done, whatever becomes of its answer. */
export const applyIdempotent = async (tx: Sql, { tokenName, key }: IdempotencyKey): Promise<void> => {
  await tx.query('UPDATE outcry.idempotency SET applied = true WHERE token_name = $1 AND key = $2', [tokenName, key])
}

/** Keeps the answer for whoever repeats the request. */
export const finishIdempotent = async (
  sql: Sql,
  { tokenName, key, status, response }: IdempotencyKey & { status: number; response: unknown },
): Promise<void> => {
  await sql.query('UPDATE outcry.idempotency SET status = $3, response = $4 WHERE token_name = $1 AND key = $2', [
    tokenName,
    key,
    status,
    jsonText(response ?? null),
  ])
}

/** Frees the key of a request that failed without effect, so that it can be tried again. */
export const abandonIdempotent = async (sql: Sql, { tokenName, key }: IdempotencyKey): Promise<void> => {
  await sql.query(
    'DELETE FROM outcry.idempotency WHERE token_name = $1 AND key = $2 AND status IS NULL AND NOT applied',
    [tokenName, key],
  )
}
