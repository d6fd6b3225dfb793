import type { FastifyRequest } from 'fastify'
import { OutcryError } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import { Type } from 'typebox'
import { actBy } from '../acts.ts'
import type { Auth } from '../access.ts'
import { attemptCookie, attemptOf } from '../oidc/attempt-cookie.ts'
import type { IdentityProvider } from '../oidc/identity-provider.ts'
import type { AuditPort } from '../ports-of-writes.ts'
import { Refusal } from '../refusal.ts'
import { sessionCookie } from '../session-cookie.ts'
import { Nullable } from '../views/times.ts'
import { answers, type RestApp } from './answers.ts'

const MAX_QUERY_CHARS = 8_192
const MAX_REASON_CHARS = 200
const SignIn = Type.Object({
  oidc: Nullable(Type.Object({ label: Type.String(), url: Type.String({ description: 'Where a browser begins.' }) })),
})
/** What the console says about a sign-in that came to nothing. */
type Outcome = 'unavailable' | 'failed' | 'no-role' | 'no-email'

/** What went wrong, by its codes alone: causes quote what the provider said of a person. */
const reasonOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return 'unknown'
  const { code, error } = cause as { code?: unknown; error?: unknown }
  const said = [cause.name, code, error].filter((part) => typeof part === 'string')
  return said.join(' ').slice(0, MAX_REASON_CHARS)
}

/**
 * Signs people in by OpenID Connect. The way leads from `/login/oidc` to the provider, back to the callback, and from
 * there to the console and nowhere else; a session is always a new one.
 */
export const oidcRoutes = (
  app: RestApp,
  { sessions }: Auth,
  options: { provider: IdentityProvider | null; audit: AuditPort; secure: boolean; logger: Logger },
): void => {
  const { provider, audit, secure, logger } = options
  const begun = (): IdentityProvider => {
    if (provider === null) throw new Refusal('NOT_FOUND', 'Configure api.oidc to sign in with an identity provider.')
    return provider
  }
  const outcomeOf = (error: unknown): Outcome => {
    if (!(error instanceof OutcryError)) throw error
    const { code } = error
    if (code === 'OIDC_UNREACHABLE') {
      logger.warn({ code, reason: reasonOf(error.cause) }, 'identity provider cannot be reached')
      return 'unavailable'
    }
    logger.warn({ code, reason: reasonOf(error.cause) }, 'sign-in by the identity provider failed')
    return 'failed'
  }

  app.get(
    '/api/v1/sign-in',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getSignIn',
        summary: 'How to sign in beside tokens',
        tags: ['session'],
        // For the page before anybody has signed in.
        security: [],
        response: answers({ 200: SignIn }),
      },
    },
    async () => ({ oidc: provider && { label: provider.label, url: '/login/oidc' } }),
  )

  app.get(
    '/login/oidc',
    { config: { access: 'public' }, exposeHeadRoute: false, schema: { hide: true } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      try {
        const { location, attempt } = await begun().begin()
        return await reply.header('set-cookie', attemptCookie(attempt, secure)).redirect(location, 303)
      } catch (error) {
        return reply.redirect(`/#sign-in=${outcomeOf(error)}`, 303)
      }
    },
  )

  /** Who came back, signed in; or why not. */
  const finish = async (request: FastifyRequest, query: string): Promise<{ secret: string } | Outcome> => {
    const attempt = attemptOf(request.headers.cookie)
    const asked = begun()
    if (attempt === null || query.length > MAX_QUERY_CHARS) return 'failed'
    const judged = await asked.finish(query, attempt)
    if (judged.kind !== 'person') {
      const refused = actBy(request, { name: judged.name, via: 'session', credential: null }, { status: 403 })
      await audit.append({ ...refused.entry, subject: judged.kind })
      return judged.kind
    }
    const { person } = judged
    const secret = await sessions.openFor(person, (credential) =>
      actBy(request, { name: person.name, via: 'session', credential }, { status: 303 }),
    )
    return { secret }
  }

  app.get(
    '/login/oidc/callback',
    {
      config: { access: 'public' },
      exposeHeadRoute: false,
      schema: { hide: true, operationId: 'signInWithProvider' },
    },
    async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'set-cookie': attemptCookie(null, secure) })
      const query = /\?(.*)$/s.exec(request.url)?.[1] ?? ''
      const outcome = await finish(request, query).catch(outcomeOf)
      if (typeof outcome === 'string') return reply.redirect(`/#sign-in=${outcome}`, 303)
      return reply.header('set-cookie', sessionCookie(outcome.secret, secure)).redirect('/', 303)
    },
  )
}
