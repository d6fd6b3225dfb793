import { randomBytes } from 'node:crypto'
import type { Clock } from '@outcry/runtime'
import type { Act, SessionPort } from './ports.ts'
import type { Principal } from './principal.ts'
import { credentialOf, sha256, type TokenBook } from './token-book.ts'

export const SESSION_COOKIE = 'outcry_session'
const SESSION_MS = 12 * 3_600_000
const CODE_MS = 15 * 60_000
const MAX_SESSIONS = 1_000
const MAX_CODES = 100

/**
 * Browser sessions and the single-use codes of console links, known to every API process on the database. Only hashes
 * are kept, at most 1,000 sessions and 100 codes; at the bound the oldest goes. A session lives as long as the token
 * it was made from is one of this process's tokens, with that token's role and brands of now.
 */
export type SessionBook = {
  /** A code for `GET /login?once=`, good once within 15 minutes, for the holder of the token. */
  issueCode(token: string): Promise<string>
  /** A session's secret for the cookie, or null for a code that is unknown, used or too old. */
  redeemCode(code: string, act: (holder: Principal) => Act): Promise<string | null>
  /** A session's secret for the holder of the token. */
  open(token: string, act: Act): Promise<string>
  find(secret: string): Promise<Principal | null>
  close(secret: string, act: Act): Promise<void>
}

/** `Max-Age` of the cookie, seconds. */
export const SESSION_SECONDS = SESSION_MS / 1_000

export const createSessionBook = (port: SessionPort, tokens: TokenBook, clock: Clock): SessionBook => {
  const put = async (kind: 'session' | 'code', tokenHash: Uint8Array, act: Act | null): Promise<string> => {
    const secret = randomBytes(32).toString('base64url')
    const madeAtMs = clock.now()
    const untilMs = madeAtMs + (kind === 'session' ? SESSION_MS : CODE_MS)
    const row = { keyHash: sha256(secret), kind, tokenHash, madeAtMs, untilMs }
    await port.save(row, kind === 'session' ? MAX_SESSIONS : MAX_CODES, act)
    return secret
  }
  return {
    issueCode: (token) => put('code', sha256(token), null),
    redeemCode: async (code, act) => {
      const tokenHash = await port.takeCode(sha256(code), clock.now())
      const holder = tokenHash && tokens.holderOf(tokenHash)
      return holder && put('session', tokenHash, act(holder))
    },
    open: (token, act) => put('session', sha256(token), act),
    find: async (secret) => {
      const keyHash = sha256(secret)
      const tokenHash = await port.find(keyHash, clock.now())
      const holder = tokenHash && tokens.holderOf(tokenHash)
      return holder && { ...holder, via: 'session', credential: credentialOf(keyHash) }
    },
    close: (secret, act) => port.drop(sha256(secret), act),
  }
}
