import { Type } from 'typebox'
import { actBy } from '../acts.ts'
import type { InboundPort } from '../ports-of-inbound.ts'
import { Refusal } from '../refusal.ts'
import { answers, type RestApp } from './answers.ts'

const InboundAnswer = Type.Object({
  applied: Type.Boolean({ description: 'The issue changed.' }),
  reason: Type.String({ description: 'Why it did not; empty where it did.' }),
})
const MAX_SIGNATURE_CHARS = 2_048

/**
 * `POST /inbound/pagerduty`: webhooks V3 of PagerDuty, so that who acknowledges or resolves there has done it here. What
 * asks for nothing is answered 202 all the same, because PagerDuty switches off webhooks that are refused.
 */
export const inboundRoutes = (app: RestApp, pagerduty: InboundPort): void => {
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  app.post(
    '/inbound/pagerduty',
    {
      config: { access: 'own' },
      schema: {
        operationId: 'pagerdutyWebhook',
        summary: 'What people do in PagerDuty; signed with a secret of api.pagerdutySecrets',
        tags: ['deliveries'],
        security: [{ pagerduty: [] }],
        response: answers({ 202: InboundAnswer }),
      },
    },
    async (request, reply) => {
      if (!pagerduty.configured())
        throw new Refusal('NOT_FOUND', 'Configure api.pagerdutySecrets with the secret of the webhook subscription.')
      const signature = request.headers['x-pagerduty-signature']
      if (typeof signature !== 'string')
        throw new Refusal('TOKEN_MISSING', 'Send X-PagerDuty-Signature, as webhook subscriptions do.')
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (signature.length > MAX_SIGNATURE_CHARS || !pagerduty.verify(signature, body))
        throw new Refusal('SIGNATURE_INVALID', 'Sign the body with a secret of api.pagerdutySecrets.')
      const outcome = await pagerduty.take(body, (name) =>
        actBy(request, { name, via: 'webhook', credential: null }, { status: 202 }),
      )
      if (outcome.kind === 'unreadable')
        throw new Refusal('REQUEST_INVALID', 'The body is no webhook V3 of PagerDuty.', {
          faults: [{ path: 'body', message: 'has no event', fix: 'Subscribe with webhooks V3.' }],
        })
      return reply
        .code(202)
        .send({ applied: outcome.kind === 'applied', reason: outcome.kind === 'ignored' ? outcome.reason : '' })
    },
  )
}
