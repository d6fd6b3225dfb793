import type { Role } from '@outcry/contracts'
import type { BrandScope } from './ports-of-lists.ts'
import type { Act } from './ports-of-writes.ts'

/** Who an identity provider says somebody is, with what they may do since they signed in. */
export type Person = { issuer: string; subject: string; name: string; role: Role; brands: BrandScope }

/** What a session was made from: a token, by its hash, or a person's sign-in. */
export type SessionOwner = { tokenHash: Uint8Array; person: null } | { tokenHash: null; person: Person }

export type SessionRow = SessionOwner & { keyHash: Uint8Array; madeAt: number; until: number }

/** Where sessions are kept for all API processes. Hashes are SHA-256; times are epoch milliseconds. */
export type SessionPort = {
  /** Keeps a session or code; of its kind the newest `limit` stay. */
  save(
    row: {
      keyHash: Uint8Array
      kind: 'session' | 'code'
      madeAtMs: number
      untilMs: number
    } & SessionOwner,
    limit: number,
    act: Act | null,
  ): Promise<void>
  /** What the session was made from; null for one that is unknown or over. */
  find(keyHash: Uint8Array, nowMs: number): Promise<SessionOwner | null>
  /** Sessions that last, the newest first; bounded by `limit` of `save`. */
  list(nowMs: number): Promise<SessionRow[]>
  /** Uses a code up: hash of the token that it was made from, null for one that is unknown or over. */
  takeCode(keyHash: Uint8Array, nowMs: number): Promise<Uint8Array | null>
  drop(keyHash: Uint8Array, act: Act): Promise<void>
}
