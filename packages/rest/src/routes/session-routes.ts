import { Type } from 'typebox'
import { isoTime, Role } from '@outcry/contracts'
import { actOf } from '../acts.ts'
import { adminOfAll, type Auth } from '../access.ts'
import { Refusal } from '../refusal.ts'
import { Nullable, Time } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

export const SessionView = Type.Object({
  id: Type.String({ description: 'Begins with what the audit log calls the credential.' }),
  name: Type.String(),
  role: Role,
  brands: Nullable(Type.Array(Type.String())),
  from: Type.Union([Type.Literal('token'), Type.Literal('oidc')]),
  madeAt: Time(),
  until: Time(),
})
const tags = ['session']

/** Browser sessions of everyone, for an admin of every brand to see and to end. */
export const sessionRoutes = (app: RestApp, { sessions }: Auth): void => {
  app.get(
    '/sessions',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'listSessions',
        summary: 'Who is signed in, the newest first',
        tags,
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(SessionView) }) }),
      },
    },
    async (request) => {
      adminOfAll(request)
      const rows = await sessions.list()
      return {
        items: rows.map(({ brands, madeAt, until, ...row }) => ({
          ...row,
          brands: brands && [...brands],
          madeAt: isoTime(madeAt),
          until: isoTime(until),
        })),
      }
    },
  )

  app.delete(
    '/sessions/:id',
    {
      config: { access: 'admin' },
      schema: {
        operationId: 'endSession',
        summary: 'Sign a browser out; its feed closes within a minute',
        tags,
        security,
        params: IdParams,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      adminOfAll(request)
      const { id } = request.params
      if (!(await sessions.end(id, actOf(request, { subject: id, status: 204 }))))
        throw new Refusal('NOT_FOUND', 'The session is over, or never was.')
      return reply.code(204).send(null)
    },
  )
}
