import { Type, type Static } from 'typebox'
import { actOf } from '../acts.ts'
import { type callerOf, visible } from '../access.ts'
import type { CommandPort, IssueCommand, IssueReader } from '../ports.ts'
import { Refusal } from '../refusal.ts'
import { IssueView, issueView } from '../views/issue-view.ts'
import { Nullable } from '../views/times.ts'
import { IdParams, answers, security, type RestApp } from './answers.ts'

const NoteBody = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 2_000, description: 'For the timeline.' })) },
  { additionalProperties: false, default: {} },
)
const ReasonBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 2_000, description: 'Why this is no issue; for the timeline.' }) },
  { additionalProperties: false },
)
const MergeBody = Type.Object(
  { into: Type.String({ minLength: 1, maxLength: 200, description: 'The issue of the same brand that remains.' }) },
  { additionalProperties: false },
)
const SplitBody = Type.Object(
  {
    mentionIds: Type.Array(Type.String({ minLength: 1, maxLength: 512 }), {
      minItems: 1,
      maxItems: 200,
      description: 'Posts that are another issue.',
    }),
  },
  { additionalProperties: false },
)
const CommandAnswer = Type.Object({
  issue: IssueView,
  commandId: Nullable(Type.String({ description: 'Where the decision also changes what is counted.' })),
})

const SUMMARIES = {
  acknowledge: 'Someone is on it; paging stops',
  announce: 'The public was told',
  resolve: 'It is over',
} as const

/** Decisions of people. Each is one database transaction, answered at once also while the bus is down. */
export const commandRoutes = (app: RestApp, issues: IssueReader, commands: CommandPort): void => {
  const apply = async (
    request: Parameters<typeof callerOf>[0],
    id: string,
    command: IssueCommand,
    status: 200 | 202 = 200,
  ): Promise<Static<typeof CommandAnswer>> => {
    const issue = visible(request, await issues.get(id))
    const act = actOf(request, { brand: issue.brand, issueId: issue.id, status })
    const outcome = await commands.apply({ issueId: issue.id, command, act })
    if (outcome.kind === 'unknown') throw new Refusal('NOT_FOUND', 'The issue has just gone.')
    if (outcome.kind === 'refused') throw new Refusal('COMMAND_REFUSED', outcome.reason)
    return { issue: issueView(outcome.issue), commandId: outcome.commandId }
  }

  for (const type of ['acknowledge', 'announce', 'resolve'] as const) {
    app.post(
      `/issues/:id/${type}`,
      {
        config: { access: 'responder', idempotent: true },
        schema: {
          operationId: `${type}Issue`,
          summary: SUMMARIES[type],
          tags: ['issues'],
          security,
          params: IdParams,
          body: NoteBody,
          response: answers({ 200: CommandAnswer }),
        },
      },
      async (request) => apply(request, request.params.id, { type, ...request.body }),
    )
  }

  app.post(
    '/issues/:id/dismiss',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'dismissIssue',
        summary: 'It is no issue, with the reason',
        tags: ['issues'],
        security,
        params: IdParams,
        body: ReasonBody,
        response: answers({ 200: CommandAnswer }),
      },
    },
    async (request) => apply(request, request.params.id, { type: 'dismiss', ...request.body }),
  )

  app.post(
    '/issues/:id/merge',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'mergeIssue',
        summary: 'It is the same as another issue; carried out by the detector',
        tags: ['issues'],
        security,
        params: IdParams,
        body: MergeBody,
        response: answers({ 202: CommandAnswer }),
      },
    },
    async (request, reply) => {
      const { brand } = visible(request, await issues.get(request.params.id))
      const { into } = request.body
      if (visible(request, await issues.get(into)).brand !== brand)
        throw new Refusal('COMMAND_REFUSED', 'Only issues of one brand can be merged.')
      return reply.code(202).send(await apply(request, request.params.id, { type: 'merge', into }, 202))
    },
  )

  app.post(
    '/issues/:id/split',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'splitIssue',
        summary: 'Some of its posts are another issue; carried out by the detector',
        tags: ['issues'],
        security,
        params: IdParams,
        body: SplitBody,
        response: answers({ 202: CommandAnswer }),
      },
    },
    async (request, reply) => {
      const { mentionIds } = request.body
      return reply.code(202).send(await apply(request, request.params.id, { type: 'split', mentionIds }, 202))
    },
  )
}
