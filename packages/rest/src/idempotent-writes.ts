import type { FastifyInstance } from 'fastify'
import { callerOf } from './access.ts'
import type { IdempotencyPort } from './ports-of-writes.ts'
import { Refusal } from './refusal.ts'
import { sha256 } from './token-book.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The write that this request began under its Idempotency-Key. */
    begun: { holder: string; key: string } | null
  }
}

const KEY = /^[\x21-\x7e]{1,255}$/

/**
 * Writes of routes with `config.idempotent` happen once for a holder and Idempotency-Key: the same request again gets
 * the same answer. The answer is kept before it is sent; a 5xx of a write that was not done frees the key, and one whose
 * process died between write and answer is said to be done. Follows
 * draft-ietf-httpapi-idempotency-key-header-06.
 */
export const registerIdempotentWrites = (app: FastifyInstance, port: IdempotencyPort): void => {
  app.decorateRequest('begun', null)
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (!request.routeOptions.config.idempotent || key === undefined) return
    if (typeof key !== 'string' || !KEY.test(key)) {
      const fix = 'Send one key of 1 to 255 visible ASCII characters, for example a UUID.'
      throw new Refusal('REQUEST_INVALID', 'The headers have faults.', {
        faults: [{ path: 'idempotency-key', message: fix, fix }],
      })
    }
    const holder = callerOf(request).name
    const hash = sha256(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    const verdict = await port.begin(holder, key, hash)
    switch (verdict.kind) {
      case 'fresh':
        request.begun = { holder, key }
        return
      case 'answered':
        await reply
          .code(verdict.status)
          .header('content-type', mediaType(verdict.status))
          .header('idempotency-replayed', 'true')
          .serializer((value) => String(value))
          .send(verdict.body)
        return
      case 'in-flight':
        throw new Refusal('IDEMPOTENCY_IN_FLIGHT', 'Wait for the first answer, then ask again.', {
          retryAfterSeconds: 1,
        })
      case 'applied':
        throw new Refusal('IDEMPOTENCY_APPLIED', 'Read what it changed; take a new key for another request.')
      case 'mismatch':
        throw new Refusal('IDEMPOTENCY_MISMATCH', 'Take a new key for another request.')
    }
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { begun } = request
    if (begun === null) return payload
    request.begun = null
    if (reply.statusCode >= 500 || typeof payload !== 'string') await port.abandon(begun.holder, begun.key)
    else await port.finish(begun.holder, begun.key, reply.statusCode, payload)
    return payload
  })
}

const mediaType = (status: number) =>
  status >= 400 ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8'
