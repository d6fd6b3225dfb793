import type { Role, Sql } from '@outcry/contracts'
import { jsonText } from './json-text.ts'
import type { BrandScope } from './list-filter.ts'

/** Who an identity provider says somebody is, with what they may do since they signed in. */
export type SessionPerson = {
  issuer: string
  subject: string
  name: string
  role: Role
  brands: BrandScope
}
/** What a session was made from: a token, by its hash, or a person's sign-in. */
export type SessionOwner = { tokenHash: Uint8Array; person: null } | { tokenHash: null; person: SessionPerson }

/** A browser session, or the code of a one-time link, by the hash of its secret. */
export type SessionRow = SessionOwner & {
  keyHash: Uint8Array
  kind: 'session' | 'code'
  madeAtMs: number
  untilMs: number
}

/** Keeps a session; of its kind the newest `limit` stay. */
export const saveSession = async (sql: Sql, row: SessionRow, limit: number): Promise<void> => {
  const { keyHash, kind, tokenHash, person, madeAtMs, untilMs } = row
  await sql.query(
    `INSERT INTO outcry.session (key_hash, kind, token_hash, made_at_ms, until_ms, person)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [keyHash, kind, tokenHash, madeAtMs, untilMs, person === null ? null : jsonText(person)],
  )
  await sql.query(
    `DELETE FROM outcry.session WHERE kind = $1 AND (until_ms <= $2 OR key_hash IN (
       SELECT key_hash FROM outcry.session WHERE kind = $1 ORDER BY made_at_ms DESC, key_hash OFFSET $3))`,
    [kind, madeAtMs, limit],
  )
}

/** What the session was made from; null for one that is unknown or over. */
export const findSession = async (sql: Sql, keyHash: Uint8Array, nowMs: number): Promise<SessionOwner | null> => {
  const { rows } = await sql.query<SessionOwner>(
    `SELECT token_hash AS "tokenHash", person FROM outcry.session WHERE key_hash = $1 AND kind = 'session' AND until_ms > $2`,
    [keyHash, nowMs],
  )
  return rows[0] ?? null
}

/** Sessions that last, the newest first. */
export const listSessions = async (
  sql: Sql,
  nowMs: number,
): Promise<(SessionOwner & { keyHash: Uint8Array; madeAt: number; until: number })[]> => {
  const { rows } = await sql.query<SessionOwner & { keyHash: Buffer; madeAt: number; until: number }>(
    `SELECT key_hash AS "keyHash", token_hash AS "tokenHash", person, made_at_ms AS "madeAt", until_ms AS "until"
     FROM outcry.session WHERE kind = 'session' AND until_ms > $1 ORDER BY made_at_ms DESC, key_hash`,
    [nowMs],
  )
  return rows
}

/** Uses a code up: hash of the token that it was made from, null for one that is unknown or over. Of two processes that are asked at once, one is given it. */
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
