import { Notice, Publication, StatementKind, StatementLanguage } from '@outcry/contracts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { visible } from '../access.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import type { StatementChange, StatementPort } from '../ports-of-statements.ts'
import { Refusal } from '../refusal.ts'
import { SeenVersion } from '../views/seen-version.ts'
import { Moment, momentMs } from '../views/times.ts'
import { statementFacts, StatementFactsView, StatementView, statementView } from '../views/statement-view.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

const Text = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 10_000,
    description: 'The text; drafted from facts and playbook where absent.',
  }),
)
const Version = SeenVersion(1)
const DraftBody = Type.Object(
  {
    kind: StatementKind,
    language: Type.Optional(StatementLanguage),
    facts: Type.Optional(StatementFactsView),
    text: Text,
  },
  { additionalProperties: false },
)
const EditBody = Type.Object(
  { version: Version, facts: StatementFactsView, text: Text },
  { additionalProperties: false },
)
const ApproveBody = Type.Object({ version: Version }, { additionalProperties: false })
const PublishBody = Type.Object(
  {
    channels: Type.Array(Type.Pick(Publication, ['channel', 'url'], { additionalProperties: false }), {
      minItems: 1,
      maxItems: 20,
      description: 'Where people published it, with the address of the post where there is one.',
    }),
    publishedAt: Type.Optional(Moment('When, where that was before now; not before the statement was written.')),
  },
  { additionalProperties: false },
)
const tags = ['statements']

/** What the company says of an issue, from draft to where it was published. Outcry posts nothing by itself. */
export const statementRoutes = (app: RestApp, statements: StatementPort, issues: IssueReader): void => {
  const changed = async (request: FastifyRequest, id: string, change: StatementChange) => {
    const { id: known, brand, issueId } = visible(request, await statements.find(id))
    const act = actOf(request, { brand, issueId, subject: known, status: 200 })
    const outcome = await statements.change(known, change, act)
    if ('refused' in outcome) throw new Refusal('COMMAND_REFUSED', `The statement stays: ${outcome.refused}.`)
    return statementView(outcome.statement)
  }

  app.get(
    '/issues/:id/statements',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listStatements',
        summary: 'What was and will be said of an issue, and where the thank-you is owed',
        tags,
        security,
        params: IdParams,
        response: answers({
          200: Type.Object({
            items: Type.Array(StatementView),
            owed: Type.Array(Type.String(), {
              description: 'Channels on which people were told of the issue, and not yet that it is over.',
            }),
          }),
        }),
      },
    },
    async (request) => {
      const listed = await statements.list(visible(request, await issues.find(request.params.id)))
      return { items: listed.statements.map(statementView), owed: [...listed.owed] }
    },
  )

  app.get(
    '/issues/:id/notices',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listNotices',
        summary: 'What to tell people who have not met the problem yet, to copy',
        description:
          'Filled from the newest statement in the language, else from the times of the newest one. Publishing is ' +
          'recorded with a statement of the kind `notice`.',
        tags,
        security,
        params: IdParams,
        querystring: Type.Object({ language: Type.Optional(StatementLanguage) }, { additionalProperties: false }),
        response: answers({
          200: Type.Object({
            department: Type.String({
              description: 'A name for a department of the live chat, for just this; of a drill it begins with DRILL.',
            }),
            items: Type.Array(Notice),
          }),
        }),
      },
    },
    async (request) => {
      const issue = visible(request, await issues.find(request.params.id))
      const { department, notices } = await statements.notices(issue, request.query.language ?? 'en')
      return { department, items: [...notices] }
    },
  )

  app.post(
    '/issues/:id/statements',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'draftStatement',
        summary: 'Draft a statement from what is known of the issue and its playbook',
        tags,
        security,
        params: IdParams,
        body: DraftBody,
        response: answers({ 201: StatementView }),
      },
    },
    async (request, reply) => {
      const issue = visible(request, await issues.find(request.params.id))
      if (issue.state === 'merged')
        throw new Refusal('COMMAND_REFUSED', `The issue was merged into ${issue.mergedInto}; say it there.`)
      const { kind, language = 'en', facts = {}, text } = request.body
      const wish = { kind, language, facts: statementFacts(facts), text }
      const act = actOf(request, { brand: issue.brand, issueId: issue.id, status: 201 })
      const statement = await statements.add(issue, wish, act)
      if (statement === null) throw new Refusal('COMMAND_REFUSED', 'The issue has as many statements as are kept.')
      return reply.code(201).send(statementView(statement))
    },
  )

  app.post(
    '/statements/:id/edit',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'editStatement',
        summary: 'Change facts and text; takes an approval back',
        tags,
        security,
        params: IdParams,
        body: EditBody,
        response: answers({ 200: StatementView }),
      },
    },
    async (request) => {
      const { version, facts, text } = request.body
      return changed(request, request.params.id, { type: 'edit', version, facts: statementFacts(facts), text })
    },
  )

  app.post(
    '/statements/:id/approve',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'approveStatement',
        summary: 'Approve a draft as it is; refused while a finding blocks',
        tags,
        security,
        params: IdParams,
        body: ApproveBody,
        response: answers({ 200: StatementView }),
      },
    },
    async (request) => changed(request, request.params.id, { type: 'approve', version: request.body.version }),
  )

  app.post(
    '/statements/:id/publish',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'publishStatement',
        summary: 'Say where people published it; the first to the public announces the issue',
        tags,
        security,
        params: IdParams,
        body: PublishBody,
        response: answers({ 200: StatementView }),
      },
    },
    async (request) => {
      const { channels, publishedAt } = request.body
      const at = publishedAt === undefined ? undefined : momentMs('body', 'publishedAt', publishedAt)
      return changed(request, request.params.id, { type: 'publish', channels, at })
    },
  )

  app.post(
    '/statements/:id/withdraw',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'withdrawStatement',
        summary: 'Give a draft up',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: StatementView }),
      },
    },
    async (request) => changed(request, request.params.id, { type: 'withdraw' }),
  )
}
