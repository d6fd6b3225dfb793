import type { OidcConfig } from '@outcry/contracts'
import type { Person } from '../ports-of-sessions.ts'

export type Claims = Readonly<Record<string, unknown>> & { sub: string }
/** `no-role`: in none of the groups; `no-email`: no verified address of the domains. */
export type Judgement = { kind: 'person'; person: Person } | { kind: 'no-role' | 'no-email'; name: string }
type Rules = Pick<OidcConfig, 'issuer' | 'groupsClaim' | 'nameClaim' | 'access' | 'emailDomains'>

const MAX_NAME_CHARS = 120
const MAX_GROUPS = 10_000

/** A claim by its name, or by a path with dots where nothing has the whole name. */
export const claimOf = (claims: Readonly<Record<string, unknown>>, name: string): unknown => {
  if (Object.hasOwn(claims, name)) return claims[name]
  let at: unknown = claims
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return at
}

const groupsOf = (value: unknown): ReadonlySet<string> =>
  new Set(
    [value]
      .flat()
      .slice(0, MAX_GROUPS)
      .filter((group): group is string => typeof group === 'string'),
  )

const hasVerifiedEmail = ({ email, email_verified }: Claims, domains: readonly string[]): boolean => {
  if (typeof email !== 'string' || email_verified !== true) return false
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return email.includes('@') && domains.includes(domain)
}

const nameOf = (claims: Claims, nameClaim: string): string => {
  const given = claimOf(claims, nameClaim)
  const trusted = nameClaim !== 'email' || claims['email_verified'] === true
  const name = trusted && typeof given === 'string' ? given.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim() : ''
  return (name === '' ? claims.sub : name).slice(0, MAX_NAME_CHARS)
}

/**
 * What the provider's claims make of a person, by the groups that the configuration names. `taken` are names of tokens:
 * a person of the same name is told apart from them.
 */
export const personOfClaims = (claims: Claims, rules: Rules, taken: ReadonlySet<string>): Judgement => {
  const { issuer, groupsClaim, nameClaim, access, emailDomains } = rules
  const plain = nameOf(claims, nameClaim)
  const name = taken.has(plain) ? `${plain} (signed in)` : plain
  if (emailDomains.length > 0 && !hasVerifiedEmail(claims, emailDomains)) return { kind: 'no-email', name }
  const groups = groupsOf(claimOf(claims, groupsClaim))
  const granted = access.find(({ group }) => groups.has(group))
  if (granted === undefined) return { kind: 'no-role', name }
  const { role, brands } = granted
  return { kind: 'person', person: { issuer, subject: claims.sub, name, role, brands: brands ?? null } }
}
