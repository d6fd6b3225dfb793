import { createHash, timingSafeEqual } from 'node:crypto'
import type { Role } from '@outcry/contracts'
import type { Principal } from './principal.ts'

export type TokenEntry = { name: string; token: string; role: Role; brands?: readonly string[] }

/** Knows tokens by their SHA-256 only. */
export type TokenBook = {
  /** The holder of the token, or null. Takes the same time whichever entry matches, and for none. */
  find(token: string): Principal | null
  /** The holder of the token with this SHA-256, or null. */
  holderOf(digest: Uint8Array): Principal | null
  size: number
}

export const sha256 = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest()

/** How the audit log names a token or session, by its SHA-256. */
export const credentialOf = (digest: Uint8Array): string => Buffer.from(digest).toString('hex').slice(0, 16)

export const createTokenBook = (entries: readonly TokenEntry[]): TokenBook => {
  const book = entries.map(({ name, token, role, brands }) => {
    const digest = sha256(token)
    const credential = credentialOf(digest)
    return { digest, principal: { name, role, brands: brands ?? null, via: 'token', credential } satisfies Principal }
  })
  const holderOf = (digest: Uint8Array): Principal | null => {
    let found: Principal | null = null
    for (const entry of book) if (timingSafeEqual(entry.digest, digest)) found = entry.principal
    return found
  }
  return { size: book.length, find: (token) => holderOf(sha256(token)), holderOf }
}
