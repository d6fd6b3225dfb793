import type { FastifyInstance } from 'fastify'
import type { Metrics } from '@outcry/runtime'

export type RequestMetrics = Pick<Metrics, 'httpRequests' | 'httpSeconds'>

/** Counts and times every answer under the pattern of its route, so that labels stay few whatever is asked for. */
export const registerRequestMetrics = (app: FastifyInstance, metrics: RequestMetrics): void => {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
    metrics.httpRequests.inc({ route, status: String(reply.statusCode) })
    metrics.httpSeconds.observe({ route }, reply.elapsedTime / 1_000)
  })
}
