import { Authenticity, Words } from '@outcry/contracts'
import type { FastifyRequest } from 'fastify'
import { Type, type Static } from 'typebox'
import { actOf } from '../acts.ts'
import { visible } from '../access.ts'
import type { CommandPort, IssueCommand } from '../ports-of-commands.ts'
import type { IssueReader, IssueRecord } from '../ports-of-issues.ts'
import { bodyFaults, Refusal } from '../refusal.ts'
import { IssueView, issueView } from '../views/issue-view.ts'
import { Nullable } from '../views/times.ts'
import { IdParams, answers, security, type RestApp } from './answers.ts'
import { applyCommand } from './apply-command.ts'

const NoteBody = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 2_000, description: 'For the timeline.' })) },
  { additionalProperties: false, default: {} },
)
const ReasonBody = Type.Object(
  { reason: Words(2_000, 'Why this is no issue; for the timeline.') },
  { additionalProperties: false },
)
const MergeBody = Type.Object(
  { into: Type.String({ minLength: 1, maxLength: 200, description: 'The issue of the same brand that remains.' }) },
  { additionalProperties: false },
)
const PostsBody = Type.Object(
  {
    mentionIds: Type.Array(Type.String({ minLength: 1, maxLength: 512 }), {
      minItems: 1,
      maxItems: 200,
      description: 'Posts of the issue, from GET /issues/{id}/mentions.',
    }),
  },
  { additionalProperties: false },
)
const JudgeBody = Type.Object(
  {
    authenticity: Nullable(Authenticity),
    reason: Type.String({
      maxLength: 500,
      default: '',
      description: 'Why; may be absent only where it is taken back.',
    }),
  },
  { additionalProperties: false, description: 'How genuine it is; null goes by what the detector sees.' },
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
  const asked = async (request: FastifyRequest, id: string): Promise<IssueRecord> =>
    visible(request, await issues.find(id))
  const apply = async (
    request: FastifyRequest,
    issue: IssueRecord,
    command: IssueCommand,
    status: 200 | 202 = 200,
  ): Promise<Static<typeof CommandAnswer>> => {
    const act = actOf(request, { brand: issue.brand, issueId: issue.id, status })
    const applied = await applyCommand(commands, { issueId: issue.id, command, act })
    return { issue: issueView(applied.issue), commandId: applied.commandId }
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
      async (request) => apply(request, await asked(request, request.params.id), { type, ...written(request.body) }),
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
    async (request) => apply(request, await asked(request, request.params.id), { type: 'dismiss', ...request.body }),
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
      const issue = await asked(request, request.params.id)
      const { into } = request.body
      if ((await asked(request, into)).brand !== issue.brand)
        throw new Refusal('COMMAND_REFUSED', 'Only issues of one brand can be merged.')
      return reply.code(202).send(await apply(request, issue, { type: 'merge', into }, 202))
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
        body: PostsBody,
        response: answers({ 202: CommandAnswer }),
      },
    },
    async (request, reply) => {
      const issue = await asked(request, request.params.id)
      const { mentionIds } = request.body
      await checkPosts(issues, issue.id, mentionIds)
      await checkSomeStay(issues, issue, mentionIds)
      return reply.code(202).send(await apply(request, issue, { type: 'split', mentionIds }, 202))
    },
  )

  app.post(
    '/issues/:id/remove',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'removeFromIssue',
        summary: 'Some of its posts have nothing to do with it; carried out and learned by the detector',
        tags: ['issues'],
        security,
        params: IdParams,
        body: PostsBody,
        response: answers({ 202: CommandAnswer }),
      },
    },
    async (request, reply) => {
      const issue = await asked(request, request.params.id)
      const { mentionIds } = request.body
      await checkPosts(issues, issue.id, mentionIds)
      return reply.code(202).send(await apply(request, issue, { type: 'remove', mentionIds }, 202))
    },
  )

  app.post(
    '/issues/:id/authenticity',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'judgeIssue',
        summary: 'How genuine it is, as a person says, before what the detector sees',
        tags: ['issues'],
        security,
        params: IdParams,
        body: JudgeBody,
        response: answers({ 200: CommandAnswer }),
      },
    },
    async (request) => {
      const { authenticity, reason } = request.body
      if (authenticity !== null && reason.trim() === '') {
        const fix = 'Say why, for whoever reads it later.'
        throw bodyFaults([{ path: 'reason', message: 'is missing', fix }])
      }
      return apply(request, await asked(request, request.params.id), { type: 'judge', authenticity, reason })
    },
  )
}

/** Without a note where it is blank. */
const written = ({ note = '' }: Static<typeof NoteBody>): Static<typeof NoteBody> =>
  note.trim() === '' ? {} : { note }

/** Refuses posts that are not of the issue, each by its place. */
const checkPosts = async (issues: IssueReader, id: string, mentionIds: readonly string[]): Promise<void> => {
  const known = new Set(await issues.postsAmong(id, mentionIds))
  const fix = 'Take ids from GET /issues/{id}/mentions.'
  const faults = mentionIds.flatMap((value, at) =>
    known.has(value) ? [] : [{ path: `mentionIds[${at}]`, value, message: 'is no post of this issue', fix }],
  )
  if (faults.length > 0) throw bodyFaults(faults)
}

/** Refuses to split every post off: nothing would be left of the issue. */
const checkSomeStay = async (
  issues: IssueReader,
  { id, evidence }: IssueRecord,
  mentionIds: readonly string[],
): Promise<void> => {
  const named = new Set(mentionIds)
  const { rows } = await issues.mentions(id, { after: null, limit: named.size + 1 })
  if (![...rows.map((post) => post.id), ...evidence.mentionIds].every((each) => named.has(each))) return
  const fix = 'Leave at least one post out; to call the whole issue something else, set its type.'
  throw new Refusal('REQUEST_INVALID', 'It names every post of the issue.', {
    faults: [{ path: 'mentionIds', message: 'names every post of the issue', fix }],
  })
}
