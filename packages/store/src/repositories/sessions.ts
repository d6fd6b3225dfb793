import type { Sql } from '@outcry/contracts'

/** A browser session, or the code of a one-time link: hashes of its secret and of the token it was made from. */
export type SessionRow = {
  keyHash: Uint8Array
  kind: 'session' | 'code'
  tokenHash: Uint8Array
  madeAtMs: number
  untilMs: number
}

/** Keeps a session; of its kind the newest `limit` stay. */
export const saveSession = async (sql: Sql, row: SessionRow, limit: number): Promise<void> => {
  const { keyHash, kind, tokenHash, madeAtMs, untilMs } = row
  await sql.query(
    `INSERT INTO outcry.session (key_hash, kind, token_hash, made_at_ms, until_ms) VALUES ($1, $2, $3, $4, $5)`,
    [keyHash, kind, tokenHash, madeAtMs, untilMs],
  )
  await sql.query(
    `DELETE FROM outcry.session WHERE kind = $1 AND (until_ms <= $2 OR key_hash IN (
       SELECT key_hash FROM outcry.session WHERE kind = $1 ORDER BY made_at_ms DESC, key_hash OFFSET $3))`,
    [kind, madeAtMs, limit],
  )
}

/** Hash of the token that the session was made from; null for one that is unknown or over. */
export const findSession = async (sql: Sql, keyHash: Uint8Array, nowMs: number): Promise<Uint8Array | null> => {
  const { rows } = await sql.query<{ tokenHash: Buffer }>(
    `SELECT token_hash AS "tokenHash" FROM outcry.session WHERE key_hash = $1 AND kind = 'session' AND until_ms > $2`,
    [keyHash, nowMs],
  )
  return rows[0]?.tokenHash ?? null
}

/** Uses a code up; as `findSession`. Of two processes that are asked at once, one is given it. */
export const takeSessionCode = async (sql: Sql, keyHash: Uint8Array, nowMs: number): Promise<Uint8Array | null> => {
  const { rows } = await sql.query<{ tokenHash: Buffer; untilMs: number }>(
    `DELETE FROM outcry.session WHERE key_hash = $1 AND kind = 'code'
     RETURNING token_hash AS "tokenHash", until_ms AS "untilMs"`,
    [keyHash],
  )
  const taken = rows[0]
  return taken !== undefined && taken.untilMs > nowMs ? taken.tokenHash : null
}

export const dropSession = async (sql: Sql, keyHash: Uint8Array): Promise<void> => {
  await sql.query('DELETE FROM outcry.session WHERE key_hash = $1', [keyHash])
}
