import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { callerOf, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { DrillPort } from '../ports-of-drills.ts'
import { bodyFaults, Refusal } from '../refusal.ts'
import { DrillScenarioView, DrillView, drillView } from '../views/drill-view.ts'
import { PageOf, pageQuery } from '../views/page.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

const BeginBody = Type.Object(
  {
    brand: Type.String({ minLength: 1, maxLength: 63 }),
    scenario: Type.String({ minLength: 1, maxLength: 63, description: 'One of `GET /drills/scenarios`.' }),
    seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1_000_000,
        description: 'The same number gives the same posts; chosen where absent.',
      }),
    ),
  },
  { additionalProperties: false },
)
const tags = ['drills']

/** Exercises of people: a made crisis under a shadow brand, and when they did what. */
export const drillRoutes = (app: RestApp, drills: DrillPort): void => {
  app.get(
    '/drills/scenarios',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listDrillScenarios',
        summary: 'What a drill may play',
        tags,
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(DrillScenarioView) }) }),
      },
    },
    async () => ({ items: [...drills.scenarios()] }),
  )

  app.get(
    '/drills',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listDrills',
        summary: 'Drills with their reports, the latest first',
        tags,
        security,
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: answers({ 200: PageOf(DrillView) }),
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      return pageView(await drills.list(callerOf(request).brands, { after: decodeCursor(cursor), limit }), drillView)
    },
  )

  app.get(
    '/drills/:id',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getDrill',
        summary: 'One drill, with the times as of now while it runs',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: DrillView }),
      },
    },
    async (request) => {
      const { id } = request.params
      visible(request, await drills.find(id))
      return drillView(visible(request, await drills.get(id)))
    },
  )

  app.post(
    '/drills',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'beginDrill',
        summary: 'Begin a drill; its alert comes within two minutes, and it ends by itself after 24 hours',
        tags,
        security,
        body: BeginBody,
        response: answers({ 201: DrillView }),
      },
    },
    async (request, reply) => {
      const { brand, scenario, seed = null } = request.body
      const { brand: known } = visible(request, drills.brands().includes(brand) ? { brand } : null)
      const scenarios = drills.scenarios().map(({ id }) => id)
      if (!scenarios.includes(scenario)) {
        const fix = `Use one of ${scenarios.join(', ')}.`
        throw bodyFaults([{ path: 'scenario', value: JSON.stringify(scenario), message: 'is no scenario', fix }])
      }
      const drill = await drills.begin({ brand: known, scenario, seed }, actOf(request, { brand: known, status: 201 }))
      if (drill === null) throw new Refusal('COMMAND_REFUSED', 'A drill of this brand runs already; end it first.')
      return reply.code(201).send(drillView(drill))
    },
  )

  app.post(
    '/drills/:id/end',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'endDrill',
        summary: 'End a drill: its report stays, everything else of it is deleted',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: DrillView }),
      },
    },
    async (request) => {
      const { id } = request.params
      const { brand } = visible(request, await drills.find(id))
      const ended = await drills.end(id, actOf(request, { brand, subject: id, status: 200 }))
      if (ended === null) throw new Refusal('COMMAND_REFUSED', 'The drill is over already.')
      return drillView(ended)
    },
  )
}
