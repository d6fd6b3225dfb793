import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

const matches = (header: string, etag: string) =>
  header.split(',').some((part) => part.trim().replace(/^W\//, '') === etag || part.trim() === '*')

/** Gives every 200 to a GET a strong ETag over its bytes and answers a matching If-None-Match with 304. */
export const registerEtag = (app: FastifyInstance): void => {
  app.addHook('onSend', async (request, reply, payload) => {
    const read = request.method === 'GET' || request.method === 'HEAD'
    if (!read || reply.statusCode !== 200 || typeof payload !== 'string' || reply.hasHeader('etag')) return payload
    const etag = `"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`
    reply.header('etag', etag)
    const wanted = request.headers['if-none-match']
    if (wanted === undefined || !matches(wanted, etag)) return payload
    reply.code(304).removeHeader('content-length').removeHeader('content-type')
    return ''
  })
}
