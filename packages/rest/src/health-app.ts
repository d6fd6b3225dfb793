import fastify, { type FastifyInstance } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Clock, Logger, Readiness } from '@outcry/runtime'
import { registerAccess } from './access.ts'
import { createHostGuard } from './host-guard.ts'
import { answerBadUrl, registerProblemAnswers } from './problem-answers.ts'
import { createRateLimit } from './rate-limit.ts'
import { Refusal } from './refusal.ts'
import { watchRouteMethods } from './route-methods.ts'
import { shareSchemas } from './routes/answers.ts'
import { metricsRoute, type MetricsText, probeRoutes } from './routes/health-routes.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import type { TokenBook } from './token-book.ts'
import { registerValidation } from './validation.ts'

const REQUEST_TIMEOUT_MS = 10_000
const KEEP_ALIVE_MS = 30_000
const NO_SESSIONS = { find: () => Promise.resolve(null) }

/**
 * `/healthz`, `/readyz` and `/metrics` alone, for a port of their own. Probes are asked by address, so any Host will do
 * for them; metrics go to this machine under one of its own names, and else to tokens of every brand.
 */
export const createHealthApp = async (options: {
  readiness: () => Readiness
  metricsText: MetricsText
  tokens: TokenBook
  requestsPerMinute: number
  logger: Logger
  clock: Clock
}): Promise<FastifyInstance> => {
  const { tokens, requestsPerMinute, logger, clock } = options
  const app = fastify({
    logger: false,
    frameworkErrors: answerBadUrl,
    bodyLimit: 1_024,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
  }).withTypeProvider<TypeBoxTypeProvider>()
  registerProblemAnswers(app, logger, watchRouteMethods(app).methodsOf)
  registerValidation(app)
  registerSecurityHeaders(app)
  const { hostAllowed } = createHostGuard({ allowedHosts: [], allowedOrigins: [] })
  registerAccess(app, { tokens, sessions: NO_SESSIONS }, createRateLimit(requestsPerMinute, clock))
  shareSchemas(app)
  probeRoutes(app, options.readiness)
  await app.register(async (scoped) => {
    scoped.addHook('onRequest', async ({ principal, headers }) => {
      if (principal === null && !hostAllowed(headers.host))
        throw new Refusal('HOST_REFUSED', 'Ask at localhost, or send a bearer token of every brand.')
    })
    metricsRoute(scoped.withTypeProvider<TypeBoxTypeProvider>(), options.metricsText)
  })
  return app
}
