import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { PushPort } from '../ports-of-inbound.ts'
import { roleCovers, scopeCovers } from '../principal.ts'
import { Refusal } from '../refusal.ts'
import { answers, type RestApp } from './answers.ts'

const PushQuery = Type.Object(
  {
    source: Type.Optional(
      Type.String({ maxLength: 63, description: 'Name of the push source; needed where there are several.' }),
    ),
  },
  { additionalProperties: false },
)
const PushAnswer = Type.Object({
  source: Type.String(),
  mentions: Type.Integer({ description: 'Read from the body.' }),
  matched: Type.Integer({ description: 'Of a watched brand, and acknowledged by the bus.' }),
})
const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/**
 * `POST /mentions`: signed by a push source's secret as Standard Webhooks 1.0 says, or sent with a token of a
 * responder or admin. 202 says the bus has every mention. An id accepted before is refused; one whose submission
 * failed is not remembered, so the sender's retry counts.
 */
export const pushRoute = (app: RestApp, push: PushPort): void => {
  const submitting = new Set<string>()
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/mentions',
    {
      config: { access: 'own' },
      schema: {
        operationId: 'pushMentions',
        summary: 'Push mentions; answered once the bus has them',
        description:
          'The body is one mention or an array of mentions, as in a line of the file source. Signed with the ' +
          "source's secret (webhook-id, webhook-timestamp, webhook-signature), or with a responder's bearer token.",
        tags: ['mentions'],
        security: [{ signature: [] }, { bearer: [] }],
        querystring: PushQuery,
        response: answers({ 202: PushAnswer }),
      },
    },
    async (request, reply) => {
      const source = chooseSource(push, request.query.source)
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const id = admit(push, source, request, body)
      const key = id === null ? null : `${source.name} ${id}`
      if (id !== null && key !== null) {
        // Not accepted yet, and perhaps never: a sender that is told so would not come again.
        if (submitting.has(key))
          throw new Refusal('PUSH_IN_FLIGHT', 'Send it again under the same webhook-id.', { retryAfterSeconds: 1 })
        submitting.add(key)
      }
      try {
        if (id !== null && (await push.seen(source.name, id)))
          throw new Refusal('PUSH_REPLAYED', 'Nothing is lost; send the next one under its own webhook-id.')
        const outcome = await push.submit(source.name, body)
        if (outcome.kind === 'refused')
          throw new Refusal('REQUEST_INVALID', 'The body has faults; nothing was taken.', { faults: outcome.faults })
        if (id !== null) await push.remember(source.name, id)
        return await reply.code(202).send({ source: source.name, mentions: outcome.mentions, matched: outcome.matched })
      } finally {
        if (key !== null) submitting.delete(key)
      }
    },
  )
}

type PushSource = ReturnType<PushPort['sources']>[number]

const chooseSource = (push: PushPort, name: string | undefined): PushSource => {
  const sources = push.sources()
  const source = name === undefined && sources.length === 1 ? sources[0] : sources.find((one) => one.name === name)
  if (source) return source
  if (name !== undefined) throw new Refusal('NOT_FOUND', 'Name a source of the connector push.')
  throw new Refusal(
    'NOT_FOUND',
    sources.length === 0 ? 'Configure a source of the connector push.' : 'Say ?source= with the name of the source.',
  )
}

/** The webhook id of a signed request, or null for a token's; throws for everyone else. */
const admit = (push: PushPort, source: PushSource, request: FastifyRequest, body: Uint8Array): string | null => {
  const [id, timestamp, signature] = SIGNATURE_HEADERS.map((name) => request.headers[name])
  if (typeof id === 'string' && typeof timestamp === 'string' && typeof signature === 'string') {
    const verdict = id.length <= 256 ? push.verify(source.name, { id, timestamp, signature }, body) : 'mismatch'
    switch (verdict) {
      case 'valid':
        return id
      case 'stale':
        throw new Refusal('PUSH_STALE', 'Sign at the time of sending and check the clock.')
      case 'mismatch':
        throw new Refusal('SIGNATURE_INVALID', "Sign id.timestamp.body with the source's secret; see /docs.")
    }
  }
  const { principal } = request
  if (principal === null && request.headers.authorization !== undefined)
    throw new Refusal('TOKEN_UNKNOWN', 'Check the token, or sign with the secret of the source.')
  if (principal === null)
    throw new Refusal('TOKEN_MISSING', 'Send webhook-id, webhook-timestamp and webhook-signature, or a bearer token.')
  if (!roleCovers(principal.role, 'responder'))
    throw new Refusal('ROLE_INSUFFICIENT', `Needs the role responder; this is ${principal.role}.`)
  const { brands } = principal
  if (brands !== null && (source.brands === null || !source.brands.every((brand) => scopeCovers(brands, brand))))
    throw new Refusal('NOT_FOUND', 'The source may speak of brands outside of this token.')
  return null
}
