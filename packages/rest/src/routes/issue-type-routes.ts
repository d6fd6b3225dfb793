import { isoTime } from '@outcry/contracts'
import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { callerOf, visible } from '../access.ts'
import { decodeCursor, pageView } from '../cursor.ts'
import type { RestPorts } from '../ports.ts'
import { bodyFaults } from '../refusal.ts'
import { IssueTypeView, TypeExampleView } from '../views/issue-type-view.ts'
import { IssueView, issueView } from '../views/issue-view.ts'
import { PageOf, pageQuery } from '../views/page.ts'
import { Nullable } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'
import { applyCommand } from './apply-command.ts'
import { unknownIssueType } from './unknown-issue-type.ts'

const ExampleQuery = Type.Object(
  {
    ...pageQuery,
    type: Type.Optional(Type.String({ minLength: 1, maxLength: 63, description: 'Only of this type.' })),
  },
  { additionalProperties: false },
)
const TypeBody = Type.Object(
  {
    type: Nullable(
      Type.String({ minLength: 1, maxLength: 63, description: 'Of GET /issue-types; null is none of them.' }),
    ),
    teaches: Type.Boolean({
      default: true,
      description: 'Whether later issues in similar words are proposed the same.',
    }),
  },
  { additionalProperties: false },
)
const tags = ['playbooks']

/** What issues are about: the types there are, what a person says, and what later issues learn from it. */
export const issueTypeRoutes = (app: RestApp, ports: Pick<RestPorts, 'issues' | 'commands' | 'issueTypes'>): void => {
  const { issues, commands, issueTypes } = ports

  app.get(
    '/issue-types',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listIssueTypes',
        summary: 'What an issue may be about: built in and of the configuration',
        tags,
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(IssueTypeView) }) }),
      },
    },
    () => ({
      items: issueTypes.list().map((type) => ({ ...type, terms: [...type.terms], examples: [...type.examples] })),
    }),
  )

  app.post(
    '/issues/:id/type',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'setIssueType',
        summary: 'Say what an issue is about; its playbook counts from now on',
        tags,
        security,
        params: IdParams,
        body: TypeBody,
        response: answers({ 200: IssueView }),
      },
    },
    async (request) => {
      const issue = visible(request, await issues.find(request.params.id))
      const { type, teaches } = request.body
      const known = issueTypes.list()
      const found = known.find(({ id }) => id === type)
      const ids = known.map(({ id }) => id)
      if (type !== null && found === undefined)
        throw bodyFaults([unknownIssueType('type', type, ids, '; null is none of them')])
      const act = actOf(request, { brand: issue.brand, issueId: issue.id, status: 200 })
      const command = { type: 'retype', issueType: type, label: found?.label ?? null, teaches } as const
      const applied = await applyCommand(commands, { issueId: issue.id, command, act })
      return issueView(applied.issue)
    },
  )

  app.get(
    '/type-examples',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listTypeExamples',
        summary: 'Issues whose type a person said, from which proposals learn; the newest first',
        tags,
        security,
        querystring: ExampleQuery,
        response: answers({ 200: PageOf(TypeExampleView) }),
      },
    },
    async (request) => {
      const { limit, cursor, type } = request.query
      const filter = { scope: callerOf(request).brands, issueType: type ?? null }
      const page = await issueTypes.examples(filter, { after: decodeCursor(cursor), limit })
      return pageView(page, ({ at, terms, ...row }) => ({ ...row, terms: [...terms], at: isoTime(at) }))
    },
  )

  app.delete(
    '/type-examples/:id',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'forgetTypeExample',
        summary: 'Learn nothing from an issue any more, by its id; it keeps its type',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: IssueView }),
      },
    },
    async (request) => {
      const issue = await issues.find(request.params.id)
      const { id, brand, type } = visible(request, issue?.type.teaches ? issue : null)
      const act = actOf(request, { brand, issueId: id, status: 200 })
      const command = { type: 'retype', issueType: type.id, label: type.label, teaches: false } as const
      const applied = await applyCommand(commands, { issueId: id, command, act })
      return issueView(applied.issue)
    },
  )
}
