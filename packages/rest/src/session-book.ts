import { randomBytes } from 'node:crypto'
import type { Role } from '@outcry/contracts'
import type { Clock } from '@outcry/runtime'
import type { Act } from './ports-of-writes.ts'
import type { BrandScope } from './ports-of-lists.ts'
import type { Person, SessionOwner, SessionPort } from './ports-of-sessions.ts'
import type { Principal } from './principal.ts'
import { credentialOf, sha256, type TokenBook } from './token-book.ts'

export const SESSION_COOKIE = 'outcry_session'
const SESSION_MS = 12 * 3_600_000
const CODE_MS = 15 * 60_000
const MAX_SESSIONS = 1_000
const MAX_CODES = 100
const ID_CHARS = 32

/** A session as an admin sees it. */
export type OpenSession = {
  id: string
  name: string
  role: Role
  brands: BrandScope
  from: 'token' | 'oidc'
  madeAt: number
  until: number
}

/**
 * Browser sessions and the single-use codes of console links, known to every API process on the database. Only hashes
 * are kept, at most 1,000 sessions and 100 codes; at the bound the oldest goes. A session of a token lives as long as
 * the token is one of this process's, with its role and brands of now; one of a person has those of the sign-in, and
 * lives as long as the identity provider is the one that is configured.
 */
export type SessionBook = {
  /** A code for `GET /login?once=`, good once within 15 minutes, for the holder of the token. */
  issueCode(token: string): Promise<string>
  /** A session's secret for the cookie, or null for a code that is unknown, used or too old. */
  redeemCode(code: string, act: (holder: Principal) => Act): Promise<string | null>
  /** A session's secret for the holder of the token. */
  open(token: string, act: Act): Promise<string>
  /** A session's secret for a person; the act is told how the audit log names the session. */
  openFor(person: Person, act: (credential: string) => Act): Promise<string>
  find(secret: string): Promise<Principal | null>
  close(secret: string, act: Act): Promise<void>
  list(): Promise<OpenSession[]>
  /** Ends a session by its id; false where there is none. */
  end(id: string, act: Act): Promise<boolean>
}

/** `Max-Age` of the cookie, seconds. */
export const SESSION_SECONDS = SESSION_MS / 1_000

/** `issuer` is the identity provider's; null where none is configured. */
export const createSessionBook = (
  port: SessionPort,
  tokens: TokenBook,
  clock: Clock,
  issuer: string | null = null,
): SessionBook => {
  const put = async (kind: 'session' | 'code', owner: SessionOwner, act: (credential: string) => Act | null) => {
    const secret = randomBytes(32).toString('base64url')
    const keyHash = sha256(secret)
    const madeAtMs = clock.now()
    const untilMs = madeAtMs + (kind === 'session' ? SESSION_MS : CODE_MS)
    const row = { keyHash, kind, ...owner, madeAtMs, untilMs }
    await port.save(row, kind === 'session' ? MAX_SESSIONS : MAX_CODES, act(credentialOf(keyHash)))
    return secret
  }
  const ofToken = (tokenHash: Uint8Array): SessionOwner => ({ tokenHash, person: null })
  const holderOf = ({ tokenHash, person }: SessionOwner): Pick<Principal, 'name' | 'role' | 'brands'> | null => {
    if (person !== null) return person.issuer === issuer ? person : null
    return tokens.holderOf(tokenHash)
  }
  const rows = async () =>
    (await port.list(clock.now())).flatMap(({ keyHash, madeAt, until, ...owner }) => {
      const holder = holderOf(owner)
      if (holder === null) return []
      const { name, role, brands } = holder
      const id = Buffer.from(keyHash).toString('hex').slice(0, ID_CHARS)
      const from = owner.person === null ? ('token' as const) : ('oidc' as const)
      return [{ keyHash, session: { id, name, role, brands, from, madeAt, until } }]
    })
  return {
    issueCode: (token) => put('code', ofToken(sha256(token)), () => null),
    redeemCode: async (code, act) => {
      const tokenHash = await port.takeCode(sha256(code), clock.now())
      const holder = tokenHash && tokens.holderOf(tokenHash)
      return holder && put('session', ofToken(tokenHash), () => act(holder))
    },
    open: (token, act) => put('session', ofToken(sha256(token)), () => act),
    openFor: (person, act) => put('session', { tokenHash: null, person }, act),
    find: async (secret) => {
      const keyHash = sha256(secret)
      const owner = await port.find(keyHash, clock.now())
      const holder = owner && holderOf(owner)
      if (owner === null || holder === null) return null
      const { name, role, brands } = holder
      const shared = { name, role, brands, via: 'session' as const, credential: credentialOf(keyHash) }
      return owner.person === null ? shared : { ...shared, provider: true }
    },
    close: (secret, act) => port.drop(sha256(secret), act),
    list: async () => (await rows()).map(({ session }) => session),
    end: async (id, act) => {
      const found = (await rows()).find(({ session }) => session.id === id)
      if (found === undefined) return false
      await port.drop(found.keyHash, act)
      return true
    },
  }
}
