import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { callerOf, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { DeliveryPort } from '../ports-of-deliveries.ts'
import { Refusal } from '../refusal.ts'
import { DeliveryState, DeliveryView, deliveryView } from '../views/delivery-view.ts'
import { BrandFilter, PageOf, pageQuery } from '../views/page.ts'
import { IdParams, answers, security, type RestApp } from './answers.ts'

const ListQuery = Type.Object(
  {
    ...pageQuery,
    brand: BrandFilter,
    state: Type.Array(DeliveryState, { default: [], maxItems: 3, description: 'Only these states.' }),
    target: Type.Optional(Type.String({ maxLength: 63, description: 'Only this target.' })),
  },
  { additionalProperties: false },
)
const tags = ['deliveries']

export const deliveryRoutes = (app: RestApp, deliveries: DeliveryPort, now: () => number): void => {
  app.get(
    '/deliveries',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listDeliveries',
        summary: 'Alerts on their way to targets, newest first',
        tags,
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(DeliveryView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, state, target } = request.query
      const filter = { scope: callerOf(request).brands, brands: brand, states: state, target: target ?? null }
      return pageView(await deliveries.list(filter, { after: decodeCursor(cursor), limit }), deliveryView)
    },
  )

  app.post(
    '/deliveries/:id/redeliver',
    {
      config: { access: 'admin', idempotent: true },
      schema: {
        operationId: 'redeliver',
        summary: 'Send a finished delivery again under the same webhook id',
        tags,
        security,
        params: IdParams,
        response: answers({ 202: DeliveryView }),
      },
    },
    async (request, reply) => {
      const { id, brand, issueId } = visible(request, await deliveries.get(request.params.id))
      const act = actOf(request, { brand, issueId, subject: id, status: 202 })
      if (!(await deliveries.redeliver(id, act, now())))
        throw new Refusal('DELIVERY_PENDING', 'It is tried by itself; see dueAt.')
      return reply.code(202).send(deliveryView(visible(request, await deliveries.get(id))))
    },
  )
}
