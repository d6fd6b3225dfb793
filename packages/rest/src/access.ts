import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Role } from '@outcry/contracts'
import { roleCovers, scopeCovers, type Principal } from './principal.ts'
import { Refusal } from './refusal.ts'
import { SESSION_COOKIE, type SessionBook } from './session-book.ts'
import type { TokenBook } from './token-book.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Least role of the route; `public` asks for none; `own` means the route judges the caller itself. */
    access?: Role | 'public' | 'own'
    /** The route honours Idempotency-Key. */
    idempotent?: boolean
    /** The route bounds its callers itself: thousands who connect again at once, behind one balancer, are no flood. */
    unrated?: boolean
  }
  interface FastifyRequest {
    principal: Principal | null
  }
}

export type Auth = { tokens: TokenBook; sessions: SessionBook }
/** What telling a caller needs. */
type Known = { tokens: TokenBook; sessions: Pick<SessionBook, 'find'> }
type Credentials = { authorization?: string | undefined; cookie?: string | undefined }

export const bearerOf = (authorization: string | undefined): string | null =>
  /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1] ?? null

export const sessionSecretOf = (cookie: string | undefined): string | null => {
  for (const part of (cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === SESSION_COOKIE && value) return value
  }
  return null
}

/** Who the credentials belong to, or null. An Authorization header decides alone; the cookie is not asked then. */
export const principalOf = async (auth: Known, credentials: Credentials): Promise<Principal | null> => {
  if (credentials.authorization !== undefined) {
    const token = bearerOf(credentials.authorization)
    return token === null ? null : auth.tokens.find(token)
  }
  const secret = sessionSecretOf(credentials.cookie)
  return secret === null ? null : auth.sessions.find(secret)
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Admits a request to its route, or refuses it. A route without `config.access` is refused to everyone, so that a
 * forgotten one is closed. A browser session may only write from a page that says its Origin (checked before).
 */
export const registerAccess = (
  app: FastifyInstance,
  auth: Known,
  rateLimit: (holder: string) => number | null,
): void => {
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request) => {
    if (request.is404) return
    const access = request.routeOptions.config.access
    // What asks for nobody answers also while sessions cannot be looked up.
    const asksForNobody = access === 'public' || access === 'own'
    const asked = principalOf(auth, request.headers)
    const principal = await (asksForNobody ? asked.catch(() => null) : asked)
    request.principal = principal
    const { unrated } = request.routeOptions.config
    const waitSeconds = unrated ? null : rateLimit(principal ? `token ${principal.name}` : `address ${request.ip}`)
    if (waitSeconds !== null)
      throw new Refusal('RATE_LIMITED', `Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds })
    if (access === 'public') return
    if (principal?.via === 'session' && !SAFE_METHODS.has(request.method) && request.headers.origin === undefined)
      throw new Refusal('ORIGIN_REFUSED', 'A browser session writes only with an Origin header; programs use a token.')
    if (access === 'own') return
    if (principal === null) throw missing(request)
    if (access === undefined || !roleCovers(principal.role, access))
      throw new Refusal('ROLE_INSUFFICIENT', `Needs the role ${access ?? 'of nobody'}; this is ${principal.role}.`)
  })
}

const missing = ({ headers }: FastifyRequest) =>
  headers.authorization === undefined
    ? new Refusal('TOKEN_MISSING', 'Send Authorization: Bearer with a token of api.tokens, or sign in at the console.')
    : new Refusal('TOKEN_UNKNOWN', 'Check the token; the admin token is in admin-token in the data directory.')

/** The caller of a route that asked for a role. */
export const callerOf = (request: FastifyRequest): Principal => {
  if (request.principal === null) throw missing(request)
  return request.principal
}

/** The caller of a route that concerns every brand; refused where it may see some. */
export const adminOfAll = (request: FastifyRequest): Principal => {
  const caller = callerOf(request)
  if (caller.brands === null) return caller
  throw new Refusal('ROLE_INSUFFICIENT', `Needs an ${caller.role} of every brand; this is one of some.`)
}

/** Hides what lies outside the caller's brands as if it did not exist. */
export const visible = <T extends { brand: string }>(request: FastifyRequest, what: T | null): T => {
  if (what && scopeCovers(callerOf(request).brands, what.brand)) return what
  throw notFound(request)
}

/** The same for what is not there and for what the caller may not see. */
export const notFound = (request: FastifyRequest): Refusal => {
  const why = callerOf(request).brands === null ? 'it may be deleted' : 'this token may not see every brand'
  return new Refusal('NOT_FOUND', `Check the id; ${why}.`)
}
