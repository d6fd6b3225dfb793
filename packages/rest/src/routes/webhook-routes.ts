import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { WebhookPort, WebhookRequest } from '../ports-of-inbound.ts'
import { Refusal } from '../refusal.ts'
import { answers, type RestApp } from './answers.ts'

const SourceParams = Type.Object({
  source: Type.String({ minLength: 1, maxLength: 63, description: 'Name of the source.' }),
})
const WebhookAnswer = Type.Object({
  source: Type.String(),
  mentions: Type.Integer({ description: 'Read from the body.' }),
  matched: Type.Integer({ description: 'Of a watched brand, and acknowledged by the bus.' }),
  unreadable: Type.Integer({ description: 'Of the body, kept in the dead letters.' }),
})
const Challenge = {
  description: 'What the platform wants to hear',
  content: { 'text/plain': { schema: Type.String() } },
}
const SIGNED = {
  tags: ['mentions'],
  security: [{ platform: [] }],
  params: SourceParams,
}

/**
 * `/inbound/sources/:source`: webhooks of platforms, each signed in its own way. POST answers 200 once the bus has every
 * mention and the dead letters what could not be read: platforms switch off webhooks that are refused, so only a wrong
 * sender is. GET answers the platform's challenge, HEAD that webhooks are taken here. Whatever is sent twice is taken
 * twice and counts once. Not rated: a platform sends most when most happens, and one that is refused may not come again.
 */
export const webhookRoutes = (app: RestApp, webhooks: WebhookPort): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/inbound/sources/:source',
    {
      config: { access: 'own', unrated: true },
      schema: {
        ...SIGNED,
        operationId: 'platformWebhook',
        summary: 'What a platform sends by itself; answered once the bus has it',
        description: "The body is the platform's own, signed as it signs, with the secret of the source.",
        response: answers({ 200: WebhookAnswer }),
      },
    },
    async (request, reply) => {
      const { source } = request.params
      checkOpen(webhooks, source)
      const sent = requestOf(request)
      checkSender(webhooks, source, sent)
      const taken = await webhooks.take(source, sent)
      return reply.code(200).send({ source, ...taken })
    },
  )

  app.get(
    '/inbound/sources/:source',
    {
      config: { access: 'own' },
      exposeHeadRoute: false,
      schema: {
        ...SIGNED,
        operationId: 'answerPlatform',
        summary: "Answers a platform's question whether this address is meant",
        response: { 200: Challenge, ...answers({}) },
      },
    },
    async (request, reply) => {
      const { source } = request.params
      checkOpen(webhooks, source)
      const answer = webhooks.challenge(source, requestOf(request).query)
      if (answer === null) throw new Refusal('CHALLENGE_REFUSED', 'Give the platform the token that the source has.')
      return reply.type('text/plain; charset=utf-8').send(answer)
    },
  )

  app.head(
    '/inbound/sources/:source',
    { config: { access: 'own' }, schema: { hide: true, params: SourceParams } },
    async (request, reply) => {
      checkOpen(webhooks, request.params.source)
      return reply.code(200).send()
    },
  )
}

const checkOpen = (webhooks: WebhookPort, source: string): void => {
  switch (webhooks.door(source)) {
    case 'open':
      return
    case 'off':
      throw new Refusal('NOT_FOUND', 'The source takes no webhooks: set its secret in outcry.yaml.')
    case 'unknown':
      throw new Refusal('NOT_FOUND', 'Name a configured source whose platform sends webhooks.')
  }
}

const checkSender = (webhooks: WebhookPort, source: string, sent: WebhookRequest): void => {
  switch (webhooks.verify(source, sent)) {
    case 'valid':
      return
    case 'stale':
      throw new Refusal('WEBHOOK_STALE', 'Check the clocks; the platform signs what it sends again anew.')
    case 'mismatch':
    case 'off':
      throw new Refusal('SIGNATURE_INVALID', 'Give the platform the secret that the source has.')
  }
}

const requestOf = ({ headers, query, body }: FastifyRequest): WebhookRequest => ({
  headers: firstOf(headers),
  query: firstOf((query ?? {}) as Record<string, unknown>),
  body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
})

/** Of several values the first. */
const firstOf = (values: Readonly<Record<string, unknown>>): Record<string, string> => {
  const first: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    const one: unknown = Array.isArray(value) ? value[0] : value
    if (typeof one === 'string') first[name] = one
  }
  return first
}
