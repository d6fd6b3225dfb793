import { randomBytes } from 'node:crypto'
import type { Clock } from '@outcry/runtime'
import type { Principal } from './principal.ts'
import { sha256 } from './token-book.ts'

export const SESSION_COOKIE = 'outcry_session'
const SESSION_MS = 12 * 3_600_000
const CODE_MS = 15 * 60_000
const MAX_SESSIONS = 1_000
const MAX_CODES = 100

/**
 * Browser sessions and the single-use codes of console links. Only hashes are kept, in memory: a restart signs
 * browsers out. Both maps are bounded; at the bound the oldest entry goes.
 */
export type SessionBook = {
  /** A code for `GET /login?once=`, good once within 15 minutes. */
  issueCode(principal: Principal): string
  /** A session's secret for the cookie, or null for a code that is unknown, used or too old. */
  redeemCode(code: string): string | null
  open(principal: Principal): string
  find(secret: string): Principal | null
  close(secret: string): void
}

type Entry = { principal: Principal; until: number }

/** `Max-Age` of the cookie, seconds. */
export const SESSION_SECONDS = SESSION_MS / 1_000

const keyOf = (secret: string) => sha256(secret).toString('base64')
const newSecret = () => randomBytes(32).toString('base64url')

const put = (map: Map<string, Entry>, limit: number, entry: Entry): string => {
  if (map.size >= limit) map.delete(map.keys().next().value ?? '')
  const secret = newSecret()
  map.set(keyOf(secret), entry)
  return secret
}

export const createSessionBook = (clock: Clock): SessionBook => {
  const sessions = new Map<string, Entry>()
  const codes = new Map<string, Entry>()
  const open = (principal: Principal) =>
    put(sessions, MAX_SESSIONS, { principal: { ...principal, via: 'session' }, until: clock.now() + SESSION_MS })
  const live = (map: Map<string, Entry>, key: string) => {
    const entry = map.get(key)
    if (entry && entry.until > clock.now()) return entry.principal
    map.delete(key)
    return null
  }
  return {
    open,
    issueCode: (principal) => put(codes, MAX_CODES, { principal, until: clock.now() + CODE_MS }),
    redeemCode(code) {
      const key = keyOf(code)
      const principal = live(codes, key)
      codes.delete(key)
      return principal && open(principal)
    },
    find: (secret) => live(sessions, keyOf(secret)),
    close: (secret) => void sessions.delete(keyOf(secret)),
  }
}
