import { Authenticity, ComplaintOutcome, HandOffChannel, Words } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { actOf } from '../acts.ts'
import { visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { ComplaintPort } from '../ports-of-complaints.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import { bodyFaults, Refusal } from '../refusal.ts'
import { ComplaintSummaryView, complaintSummaryView, ComplaintView, complaintView } from '../views/complaint-view.ts'
import { pageQuery, PageOf } from '../views/page.ts'
import { SeenVersion } from '../views/seen-version.ts'
import { Nullable } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

const None = Type.Literal('none')
const Person = Words(128)
const ListQuery = Type.Object(
  {
    ...pageQuery,
    sort: Type.Union([Type.Literal('urgent'), Type.Literal('reach'), Type.Literal('age')], {
      default: 'urgent',
      description:
        'The most urgent first: unanswered, and older, twice the reach counting as half an hour more; or those of most reach, or the oldest.',
    }),
    answered: Type.Optional(Type.Boolean({ description: 'Only those that are answered, or that are not.' })),
    assignee: Type.Optional(Type.String({ ...Person, description: 'Only those that this person has in hand.' })),
    unassigned: Type.Optional(Type.Boolean({ description: 'Only those that nobody has in hand.' })),
    outcome: Type.Array(Type.Union([ComplaintOutcome, None]), { default: [], maxItems: 5 }),
    authenticity: Type.Array(Type.Union([Authenticity, None]), {
      default: [],
      maxItems: 4,
      description: 'As a person judged them; `none` is what nobody did.',
    }),
  },
  { additionalProperties: false },
)
const TriageBody = Type.Object(
  {
    complaints: Type.Array(
      Type.Object(
        {
          id: Type.String({ minLength: 1, maxLength: 512 }),
          version: SeenVersion(0),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
    answered: Type.Optional(
      Nullable(Type.Boolean({ description: 'Overrules what was seen; null goes by what is seen.' })),
    ),
    assignee: Type.Optional(Nullable(Person)),
    handOff: Type.Optional(Nullable(HandOffChannel)),
    outcome: Type.Optional(Nullable(ComplaintOutcome)),
    authenticity: Type.Optional(
      Nullable(Type.Object({ is: Authenticity, reason: Words(500) }, { additionalProperties: false })),
    ),
  },
  { additionalProperties: false, description: 'What is absent stays, null takes back.' },
)
const TriageAnswer = Type.Object({
  items: Type.Array(ComplaintView),
  overtaken: Type.Array(ComplaintView, {
    description: 'Changed by somebody since the version that was seen: they stay as they are here.',
  }),
})
const tags = ['complaints']

/** Complaints of an issue: who waits, who has them in hand, and how they ended. */
export const complaintRoutes = (app: RestApp, complaints: ComplaintPort, issues: IssueReader): void => {
  app.get(
    '/issues/:id/complaints',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listComplaints',
        summary: 'Complaints of an issue, the most urgent first',
        tags,
        security,
        params: IdParams,
        querystring: ListQuery,
        response: answers({ 200: PageOf(ComplaintView) }),
      },
    },
    async (request) => {
      const issue = visible(request, await issues.find(request.params.id))
      const { limit, cursor, sort, answered, assignee, unassigned, outcome, authenticity } = request.query
      const filter = {
        answered,
        assignee: unassigned === true ? null : assignee,
        outcomes: outcome,
        authenticity,
      }
      const page = { after: decodeCursor(cursor), limit }
      return pageView(await complaints.list(issue, filter, sort, page), complaintView)
    },
  )

  app.get(
    '/issues/:id/complaints/summary',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'summariseComplaints',
        summary: 'How the complaints of an issue stand',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: ComplaintSummaryView }),
      },
    },
    async (request) => {
      const { id } = visible(request, await issues.find(request.params.id))
      return complaintSummaryView(await complaints.summary(id))
    },
  )

  app.post(
    '/issues/:id/complaints/triage',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'triageComplaints',
        summary: 'Say the same of several: answered, in whose hand, handed off, how it ended, how genuine',
        tags,
        security,
        params: IdParams,
        body: TriageBody,
        response: answers({ 200: TriageAnswer }),
      },
    },
    async (request) => {
      const issue = visible(request, await issues.find(request.params.id))
      const { complaints: named, ...change } = request.body
      if (Object.keys(change).length === 0) throw nothingToSay()
      const act = actOf(request, { brand: issue.brand, issueId: issue.id, status: 200 })
      const seen = named.map(({ id, version }) => ({ mentionId: id, version }))
      const outcome = await complaints.triage(issue, { seen, change }, act)
      if (outcome.kind === 'unknown') throw unknownPosts(named, outcome.ids)
      return { items: outcome.changed.map(complaintView), overtaken: outcome.overtaken.map(complaintView) }
    },
  )
}

const nothingToSay = (): Refusal => {
  const fix = 'Give at least one of answered, assignee, handOff, outcome and authenticity.'
  return bodyFaults([{ path: 'answered', message: 'nothing is said of the complaints', fix }])
}

const unknownPosts = (named: Static<typeof TriageBody>['complaints'], ids: readonly string[]): Refusal =>
  bodyFaults(
    named.flatMap(({ id }, at) =>
      ids.includes(id)
        ? [
            {
              path: `complaints[${at}].id`,
              value: id,
              message: 'is no complaint of this issue',
              fix: 'Take ids from GET /issues/{id}/complaints.',
            },
          ]
        : [],
    ),
  )
