import { Type } from 'typebox'
import { Role } from '@outcry/contracts'
import { actBy, actOf } from '../acts.ts'
import { bearerOf, callerOf, sessionSecretOf, type Auth } from '../access.ts'
import { Refusal } from '../refusal.ts'
import type { IdentityProvider } from '../oidc/identity-provider.ts'
import { sessionCookie } from '../session-cookie.ts'
import { Nullable } from '../views/times.ts'
import { answers, security, type RestApp } from './answers.ts'

const LoginQuery = Type.Object({ once: Type.String({ maxLength: 200 }) }, { additionalProperties: false })
const SignedOut = Type.Object({
  signOutUrl: Type.String({ description: 'Signs the browser out of the provider too.' }),
})
export const Me = Type.Object({ name: Type.String(), role: Role, brands: Nullable(Type.Array(Type.String())) })

/** Signs browsers in: by the one-time link, or by a token pasted into the console; and out again. */
export const loginRoutes = (app: RestApp, auth: Auth, secure: boolean, provider: IdentityProvider | null): void => {
  app.get(
    '/login',
    // Whoever looks at a link before a person does (mail scanners, previews) asks with HEAD and would use it up.
    {
      config: { access: 'public' },
      exposeHeadRoute: false,
      schema: { hide: true, operationId: 'signIn', querystring: LoginQuery },
    },
    async (request, reply) => {
      const secret = await auth.sessions.redeemCode(request.query.once, (holder) =>
        actBy(request, holder, { status: 303 }),
      )
      const target = secret === null ? '/#sign-in=expired' : '/'
      if (secret !== null) reply.header('set-cookie', sessionCookie(secret, secure))
      return reply.header('cache-control', 'no-store').redirect(target, 303)
    },
  )

  app.post(
    '/api/v1/session',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'openSession',
        summary: 'Turn a bearer token into a browser session',
        tags: ['session'],
        security: [{ bearer: [] }],
        response: answers({ 200: Me }),
      },
    },
    async (request, reply) => {
      const principal = callerOf(request)
      const token = bearerOf(request.headers.authorization)
      if (token === null) throw new Refusal('TOKEN_MISSING', 'A session is opened with a bearer token.')
      reply.header(
        'set-cookie',
        sessionCookie(await auth.sessions.open(token, actOf(request, { status: 200 })), secure),
      )
      return { name: principal.name, role: principal.role, brands: principal.brands && [...principal.brands] }
    },
  )

  app.get(
    '/api/v1/session',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getSession',
        summary: 'Who is asking',
        tags: ['session'],
        security,
        response: answers({ 200: Me }),
      },
    },
    async (request) => {
      const { name, role, brands } = callerOf(request)
      return { name, role, brands: brands && [...brands] }
    },
  )

  app.delete(
    '/api/v1/session',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'closeSession',
        summary: 'Sign the browser out',
        tags: ['session'],
        security: [{ session: [] }],
        response: answers({ 200: SignedOut, 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const secret = sessionSecretOf(request.headers.cookie)
      const signOutUrl = request.principal?.provider ? ((await provider?.signOutUrl()) ?? null) : null
      const status = signOutUrl === null ? 204 : 200
      if (secret !== null) await auth.sessions.close(secret, actOf(request, { status }))
      reply.header('set-cookie', sessionCookie(null, secure)).code(status)
      return signOutUrl === null ? reply.send(null) : reply.send({ signOutUrl })
    },
  )
}
