import { Type } from 'typebox'
import { Role } from '@outcry/contracts'
import { actBy, actOf } from '../acts.ts'
import { bearerOf, callerOf, sessionSecretOf, type Auth } from '../access.ts'
import { Refusal } from '../refusal.ts'
import { SESSION_COOKIE, SESSION_SECONDS } from '../session-book.ts'
import { Nullable } from '../views/times.ts'
import { answers, security, type RestApp } from './answers.ts'

const LoginQuery = Type.Object({ once: Type.String({ maxLength: 200 }) }, { additionalProperties: false })
const Me = Type.Object({ name: Type.String(), role: Role, brands: Nullable(Type.Array(Type.String())) })

/** Signs browsers in: by the one-time link, or by a token pasted into the console; and out again. */
export const loginRoutes = (app: RestApp, auth: Auth, secure: boolean): void => {
  const cookie = (secret: string, maxAgeSeconds: number) =>
    `${SESSION_COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`

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
      if (secret !== null) reply.header('set-cookie', cookie(secret, SESSION_SECONDS))
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
        cookie(await auth.sessions.open(token, actOf(request, { status: 200 })), SESSION_SECONDS),
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
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const secret = sessionSecretOf(request.headers.cookie)
      if (secret !== null) await auth.sessions.close(secret, actOf(request, { status: 204 }))
      return reply.header('set-cookie', cookie('', 0)).code(204).send(null)
    },
  )
}
