import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Readiness } from '@outcry/runtime'
import { Refusal } from '../refusal.ts'
import { answers, type RestApp } from './answers.ts'

/** The registry as text for Prometheus. */
export type MetricsText = () => Promise<{ contentType: string; body: string }>

const Checks = Type.Object({
  ready: Type.Boolean(),
  components: Type.Array(Type.Object({ name: Type.String(), ready: Type.Boolean(), reason: Type.String() })),
})
const tags = ['operation']
const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** From this machine itself; a proxy on this machine speaks for others. */
const fromHere = ({ ip, headers }: FastifyRequest) =>
  LOOPBACK.has(ip) && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined

/** `/healthz` and `/readyz`, for everyone. */
export const probeRoutes = (app: RestApp, readiness: () => Readiness): void => {
  app.get(
    '/healthz',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'health',
        summary: 'The process answers',
        tags,
        response: answers({ 200: Type.Object({ status: Type.Literal('ok') }) }),
      },
    },
    async () => ({ status: 'ok' as const }),
  )

  app.get(
    '/readyz',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'readiness',
        summary: 'The parts that are needed can be reached',
        tags,
        response: answers({ 200: Checks, 503: Checks }),
      },
    },
    async (_request, reply) => {
      const state = readiness()
      return reply.code(state.ready ? 200 : 503).send(state)
    },
  )
}

/** `/metrics`, for this machine and for tokens of every brand. */
export const metricsRoute = (app: RestApp, metricsText: MetricsText): void => {
  app.get(
    '/metrics',
    {
      config: { access: 'own' },
      schema: {
        operationId: 'metrics',
        summary: 'Prometheus metrics, to this machine or with a token of all brands',
        tags,
        security: [{ bearer: [] }],
        produces: ['text/plain'],
      },
    },
    async (request, reply) => {
      if (request.principal === null && !fromHere(request))
        throw new Refusal('TOKEN_MISSING', 'Send a bearer token; only this machine may scrape without one.')
      if (request.principal !== null && request.principal.brands !== null)
        throw new Refusal('ROLE_INSUFFICIENT', 'Metrics speak of every brand; this token is for some.')
      const { contentType, body } = await metricsText()
      return reply.header('content-type', contentType).send(body)
    },
  )
}
