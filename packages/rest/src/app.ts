import { randomUUID } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Clock, Logger } from '@outcry/runtime'
import { principalOf, registerAccess, type Auth } from './access.ts'
import { registerActs } from './acts.ts'
import { registerEtag } from './etag.ts'
import { createHostGuard, type Neighbourhood } from './host-guard.ts'
import { registerIdempotentWrites } from './idempotent-writes.ts'
import type { IdentityProvider } from './oidc/identity-provider.ts'
import { registerOpenApi } from './openapi.ts'
import type { RestPorts } from './ports.ts'
import type { Principal } from './principal.ts'
import { answerBadUrl, registerProblemAnswers } from './problem-answers.ts'
import { createRateLimit } from './rate-limit.ts'
import { registerRequestMetrics, type RequestMetrics } from './request-metrics.ts'
import { watchRouteMethods } from './route-methods.ts'
import { shareSchemas } from './routes/answers.ts'
import { auditRoutes } from './routes/audit-routes.ts'
import { chartRoute } from './routes/chart-route.ts'
import { clusterRoutes } from './routes/cluster-routes.ts'
import { commandRoutes } from './routes/command-routes.ts'
import { deliveryRoutes } from './routes/delivery-routes.ts'
import { drillRoutes } from './routes/drill-routes.ts'
import { erasureRoutes } from './routes/erasure-routes.ts'
import { estateRoutes } from './routes/estate-routes.ts'
import { eventRoutes } from './routes/event-routes.ts'
import { exportRoutes } from './routes/export-routes.ts'
import { metricsRoute, type MetricsText, probeRoutes } from './routes/health-routes.ts'
import { inboundRoutes } from './routes/inbound-routes.ts'
import { historyRoutes } from './routes/history-routes.ts'
import { insightRoutes } from './routes/insight-routes.ts'
import { issueRoutes } from './routes/issue-routes.ts'
import { loginRoutes } from './routes/login-routes.ts'
import { issueTypeRoutes } from './routes/issue-type-routes.ts'
import { muteRoutes } from './routes/mute-routes.ts'
import { playbookRoutes } from './routes/playbook-routes.ts'
import { oidcRoutes } from './routes/oidc-routes.ts'
import { peopleRoutes } from './routes/people-routes.ts'
import { pushRoute } from './routes/push-route.ts'
import { complaintRoutes } from './routes/complaint-routes.ts'
import { statementRoutes } from './routes/statement-routes.ts'
import { reportRoutes } from './routes/report-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { suppressedRoutes } from './routes/suppressed-routes.ts'
import { voicesRoutes } from './routes/voices-routes.ts'
import { webhookRoutes } from './routes/webhook-routes.ts'
import { registerSecurityHeaders } from './security-headers.ts'
import { registerValidation } from './validation.ts'

export type RestConfig = Neighbourhood & { maxBodyBytes: number; requestsPerMinute: number }
export type RestOptions = {
  ports: RestPorts
  auth: Auth
  /** Signs people in; null where none is configured. */
  provider?: IdentityProvider | null
  config: RestConfig
  metricsText: MetricsText
  metrics: RequestMetrics
  logger: Logger
  clock: Clock
}
export type Rest = {
  /** Guards, problem answers and routes are in; more routes may be added until it listens. */
  app: FastifyInstance
  /** For the feed: who asks, and whether a browser may. */
  principalOf: (credentials: {
    authorization?: string | undefined
    cookie?: string | undefined
  }) => Promise<Principal | null>
  originAllowed: (request: { headers: Record<string, string | string[] | undefined> }) => boolean
  /** All that it answers, as "GET /api/v1/issues/:id", with what was added since. */
  routes: () => string[]
}

const REQUEST_TIMEOUT_MS = 30_000
const HANDLER_TIMEOUT_MS = 20_000
const IDLE_CONNECTION_MS = 60_000
const KEEP_ALIVE_MS = 30_000
const MAX_PARAM_CHARS = 600

/**
 * The REST side of Outcry over its ports. Nothing listens yet. Hooks run in this order: headers, Host and Origin,
 * rate and role, validation, idempotency; before an answer leaves, what it wrote is in the audit log.
 */
export const createRestApp = async (options: RestOptions): Promise<Rest> => {
  const { ports, auth, config, logger, clock } = options
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    frameworkErrors: answerBadUrl,
    bodyLimit: config.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: HANDLER_TIMEOUT_MS,
    connectionTimeout: IDLE_CONNECTION_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: MAX_PARAM_CHARS },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.removeContentTypeParser('text/plain')

  const guard = createHostGuard(config)
  const routes = watchRouteMethods(app)
  registerProblemAnswers(app, logger, routes.methodsOf)
  registerRequestMetrics(app, options.metrics)
  registerValidation(app)
  registerSecurityHeaders(app)
  guard.register(app)
  registerAccess(app, auth, createRateLimit(config.requestsPerMinute, clock))
  registerEtag(app)
  registerActs(app, ports.audit, logger)
  registerIdempotentWrites(app, ports.idempotency)
  shareSchemas(app)
  await registerOpenApi(app)

  probeRoutes(app, () => ports.readiness())
  metricsRoute(app, options.metricsText)
  const secure = config.publicUrl?.startsWith('https:') ?? false
  const { provider = null } = options
  loginRoutes(app, auth, secure, provider)
  oidcRoutes(app, auth, { provider, audit: ports.audit, secure, logger })
  await app.register(
    async (api) => {
      const typed = api.withTypeProvider<TypeBoxTypeProvider>()
      issueRoutes(typed, ports.issues)
      commandRoutes(typed, ports.issues, ports.commands)
      muteRoutes(typed, ports.mutes, ports.issues, () => clock.now())
      statementRoutes(typed, ports.statements, ports.issues)
      eventRoutes(typed, ports.events, ports.issues, () => clock.now())
      reportRoutes(typed, ports.reports, ports.issues)
      exportRoutes(typed, ports.reports, ports.issues)
      insightRoutes(typed, ports.reports)
      drillRoutes(typed, ports.drills)
      voicesRoutes(typed, ports.voices, ports.issues)
      playbookRoutes(typed, ports)
      issueTypeRoutes(typed, ports)
      complaintRoutes(typed, ports.complaints, ports.issues)
      chartRoute(typed, ports.charts, ports.issues, () => clock.now())
      clusterRoutes(typed, ports.clusters)
      suppressedRoutes(typed, ports.suppressed)
      historyRoutes(typed, ports.history)
      estateRoutes(typed, ports.brands, ports.sources)
      deliveryRoutes(typed, ports.deliveries, () => clock.now())
      erasureRoutes(typed, ports.erasures, ports.audit)
      auditRoutes(typed, ports.audit)
      sessionRoutes(typed, auth)
      peopleRoutes(typed, ports.people)
      await typed.register(async (raw) => pushRoute(raw.withTypeProvider<TypeBoxTypeProvider>(), ports.push))
      await typed.register(async (raw) => webhookRoutes(raw.withTypeProvider<TypeBoxTypeProvider>(), ports.webhooks))
      await typed.register(async (raw) => inboundRoutes(raw.withTypeProvider<TypeBoxTypeProvider>(), ports.pagerduty))
    },
    { prefix: '/api/v1' },
  )
  return {
    app,
    principalOf: (credentials) => principalOf(auth, credentials),
    originAllowed: guard.originAllowed,
    routes: routes.all,
  }
}
