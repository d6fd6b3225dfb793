import { type Fault, KnownEventKind, plainText, Words } from '@outcry/contracts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { callerOf, notFound, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { KnownEventPort } from '../ports-of-events.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import { scopeCovers } from '../principal.ts'
import { bodyFaults, Refusal } from '../refusal.ts'
import { eventSpan, KnownEventView, knownEventView, NearEventView, nearEventView } from '../views/known-event-view.ts'
import { BrandFilter, PageOf, pageQuery } from '../views/page.ts'
import { Moment, Since, sinceMs } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'
import { unknownIssueType } from './unknown-issue-type.ts'

const ListQuery = Type.Object(
  {
    ...pageQuery,
    brand: BrandFilter,
    kind: Type.Array(KnownEventKind, { default: [], maxItems: 4, description: 'Only these kinds.' }),
    since: Since,
  },
  { additionalProperties: false },
)
const ids = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 63 }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
      description,
    }),
  )
const EventBody = Type.Object(
  {
    externalId: Type.Optional(
      Words(200, 'What a job calls it; posted again for the same brands, the event is changed and not added.'),
    ),
    kind: KnownEventKind,
    title: Type.String({ minLength: 1, maxLength: 200, description: 'Such as "checkout 4.2" or "maintenance".' }),
    url: Type.Optional(Type.String({ maxLength: 2_048, pattern: '^https?://[^\\s<>"]+$' })),
    brands: ids('Only these brands; all that the caller may see where absent.'),
    issueTypes: ids('Only issues of these types; all where absent.'),
    at: Type.Optional(Moment('When it begins or happened; where absent as told before, else now.')),
    until: Type.Optional(Moment('When it ends; a planned event needs it. As told before where absent.')),
  },
  { additionalProperties: false },
)
const tags = ['events']

/** Releases, planned work and other events, to be held against complaints. */
export const eventRoutes = (app: RestApp, events: KnownEventPort, issues: IssueReader, now: () => number): void => {
  /** The brands of an event to be told of; each is watched and within the caller's scope. */
  const brandsOf = (request: FastifyRequest, named: readonly string[] | undefined): string[] | null => {
    const scope = callerOf(request).brands
    if (named === undefined) return scope === null ? null : scope.toSorted()
    for (const brand of named) visible(request, events.brands().includes(brand) ? { brand } : null)
    return named.toSorted()
  }

  app.get(
    '/events',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listEvents',
        summary: 'Releases, planned work and other events, those that begin last before others',
        tags,
        security,
        querystring: ListQuery,
        response: answers({ 200: PageOf(KnownEventView) }),
      },
    },
    async (request) => {
      const { limit, cursor, brand, kind, since } = request.query
      const scope = callerOf(request).brands
      const filter = { scope, brands: brand, kinds: kind, since: sinceMs(since) }
      const page = await events.list(filter, { after: decodeCursor(cursor), limit })
      return pageView(page, (event) => knownEventView(event, scope))
    },
  )

  app.post(
    '/events',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'tellEvent',
        summary: 'Tell of a release, planned work or another event; a job may repeat it under its externalId',
        description:
          'While a planned event is on, an issue of its brands and types opens, is graded and is shown as always; only ' +
          'the page of an incident waits until it becomes major, or until the event is over and it still burns.',
        tags,
        security,
        body: EventBody,
        response: answers({ 200: KnownEventView, 201: KnownEventView }),
      },
    },
    async (request, reply) => {
      const { body } = request
      const brands = brandsOf(request, body.brands)
      const title = plainText(body.title)
      const faults = [...titleFaults(title, body.title), ...typeFaults(body.issueTypes ?? [], events.issueTypes())]
      if (faults.length > 0) throw bodyFaults(faults)
      const { kind, externalId = null, url = null, issueTypes = null } = body
      const before = await events.told({ externalId, brands })
      const wish = { kind, externalId, title, url, brands, issueTypes, ...eventSpan(body, now(), before) }
      const act = actOf(request, { brand: brands?.length === 1 ? brands[0]! : null, status: 201 })
      const told = await events.tell(wish, act)
      if (told === null) throw new Refusal('COMMAND_REFUSED', 'There are as many events as are kept; delete some.')
      return reply.code(told.added ? 201 : 200).send(knownEventView(told.event, callerOf(request).brands))
    },
  )

  app.delete(
    '/events/:id',
    {
      config: { access: 'responder' },
      schema: {
        operationId: 'deleteEvent',
        summary: 'Take an event back; what waited for a planned one asks for its page again',
        tags,
        security,
        params: IdParams,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const event = await events.get(request.params.id)
      const scope = callerOf(request).brands
      const seen = event?.brands?.some((brand) => scopeCovers(scope, brand)) ?? event !== null
      if (event === null || !seen) throw notFound(request)
      if (scope !== null && !(event.brands ?? [null]).every((brand) => brand !== null && scopeCovers(scope, brand)))
        throw new Refusal('ROLE_INSUFFICIENT', 'The event is of more brands than this token may see.')
      const brand = event.brands?.length === 1 ? event.brands[0]! : null
      if (!(await events.remove(event.id, actOf(request, { brand, subject: event.id, status: 204 }))))
        throw new Refusal('NOT_FOUND', 'It is gone already.')
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/issues/:id/events',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listIssueEvents',
        summary: 'Events from a day before the onset of an issue to its end, the first before others',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: Type.Object({ items: Type.Array(NearEventView) }) }),
      },
    },
    async (request) => {
      const issue = visible(request, await issues.find(request.params.id))
      const scope = callerOf(request).brands
      return { items: (await events.near(issue)).map((event) => nearEventView(event, scope)) }
    },
  )
}

const titleFaults = (title: string, given: string): Fault[] =>
  title === ''
    ? [{ path: 'title', value: JSON.stringify(given), message: 'says nothing', fix: 'Give words that can be read.' }]
    : []

const typeFaults = (asked: readonly string[], known: readonly string[]): Fault[] =>
  asked.filter((type) => !known.includes(type)).map((type) => unknownIssueType('issueTypes', type, known))
