import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AuditEntry } from '@outcry/contracts'
import type { Logger } from '@outcry/runtime'
import { callerOf } from './access.ts'
import type { Act, AuditPort } from './ports-of-writes.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The write that this request asks for, once its route knows what about. */
    act: Act | null
  }
}

type About = Partial<Pick<AuditEntry, 'brand' | 'issueId' | 'subject' | 'status'>>

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const MAX_KEY_CHARS = 255
/** Asked again at once by whoever is refused; one row a try would let them fill the log. */
const UNCOUNTED = new Set([429])

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A write of somebody: `status` is what the answer has if the write is done. */
export const actBy = (
  request: FastifyRequest,
  by: Pick<AuditEntry, 'via' | 'credential'> & { name: string },
  about: About = {},
): Act => {
  const { method, routeOptions } = request
  const { operationId } = (routeOptions.schema ?? {}) as { operationId?: string }
  const route = `${method} ${routeOptions.url ?? ''}`
  const subject = about.issueId == null ? textOf((request.params as { id?: unknown } | undefined)?.id) : null
  return {
    actor: by.name,
    recorded: false,
    entry: {
      requestId: request.id,
      who: by.name,
      via: by.via,
      credential: by.credential,
      address: request.ip,
      operation: operationId ?? route,
      route,
      brand: null,
      issueId: null,
      subject,
      status: null,
      idempotencyKey: textOf(request.headers['idempotency-key'])?.slice(0, MAX_KEY_CHARS) ?? null,
      ...about,
    },
  }
}

/** The write that the caller of a route asks for. */
export const actOf = (request: FastifyRequest, about?: About): Act =>
  (request.act = actBy(request, callerOf(request), about))

/**
 * Every write of a known caller is in the audit log before it is answered: a port that writes in a transaction records
 * the act there; what it did not record, because it was refused, failed or has no transaction, is added here.
 */
export const registerActs = (app: FastifyInstance, audit: AuditPort, logger: Logger): void => {
  app.decorateRequest('act', null)
  app.addHook('onSend', async (request, reply, payload) => {
    const { principal, method } = request
    const { statusCode: status } = reply
    const known = principal !== null && !SAFE_METHODS.has(method) && !request.is404
    const act = request.act ?? (known ? actBy(request, principal) : null)
    if (act === null || UNCOUNTED.has(status) || reply.hasHeader('idempotency-replayed')) return payload
    if (act.recorded && status < 500) return payload
    await audit.append({ ...act.entry, status }).catch((error: unknown) => {
      logger.error({ err: error, requestId: request.id, status }, 'a refusal or failure is missing in the audit log')
    })
    return payload
  })
}
