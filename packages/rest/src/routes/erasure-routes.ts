import { Type, type Static } from 'typebox'
import { isoTime, Words } from '@outcry/contracts'
import { adminOfAll } from '../access.ts'
import { actOf } from '../acts.ts'
import type { AuditPort } from '../ports-of-writes.ts'
import type { ErasurePort, ErasureTarget } from '../ports-of-erasures.ts'
import { bodyFaults, type Refusal } from '../refusal.ts'
import { Time } from '../views/times.ts'
import { answers, security, type RestApp } from './answers.ts'

const ErasureBody = Type.Object(
  {
    mentionIds: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 512 }), {
        minItems: 1,
        maxItems: 200,
        description: 'Posts to erase. Either these or an author.',
      }),
    ),
    author: Type.Optional(
      Type.Object(
        {
          id: Words(256, 'As the platform gives it, not hashed.'),
          connector: Type.Optional(Words(63, 'The platform, by its connector.')),
          source: Type.Optional(Words(63, 'Or a configured source of it.')),
        },
        { additionalProperties: false, description: 'Whose posts to erase, all of them.' },
      ),
    ),
  },
  { additionalProperties: false },
)
export const ErasureAnswer = Type.Object({
  id: Type.String({ description: 'The same for the same request.' }),
  mentions: Type.Integer({ description: 'Posts that anything was held of.' }),
  purged: Type.Record(Type.String(), Type.Integer(), {
    description:
      'Rows of the database that were deleted or no longer quote them, by table: done when this is answered.',
  }),
  due: Type.Array(
    Type.Object({
      what: Type.Union(
        [
          Type.Literal('state'),
          Type.Literal('mentions'),
          Type.Literal('commands'),
          Type.Literal('alerts'),
          Type.Literal('dead-letters'),
        ],
        {
          description:
            'state: what detectors keep in memory and in snapshots, as soon as they read of it. The others are records ' +
            'on the bus; commands and alerts hold ids of posts and no text; dead letters could not be read, and those that ' +
            'say a post, its text or its author lose their bytes.',
        },
      ),
      at: Type.Union([Time('The latest time at which it is gone, while detector and ingest run.'), Type.Null()], {
        description: 'By how the topics are set up at present; null where nothing takes it away.',
      }),
    }),
    { description: 'Copies that are still there. The time on the bus is `retention.erasureHours`.' },
  ),
  sent: Type.Array(
    Type.Object({
      id: Type.String({ description: 'Of the delivery: the webhook id that the target saw.' }),
      target: Type.String(),
      brand: Type.String(),
      issueId: Type.String(),
      dedupKey: Type.String({ description: 'By which the target knows the issue.' }),
      sentAt: Type.Union([Time('When the target took it.'), Type.Null()], {
        description: 'Null where it was tried and may have arrived.',
      }),
    }),
    {
      description:
        'Messages that have left the system about issues the posts were evidence of, and may quote them. They are listed ' +
        'once: afterwards nothing leads from the posts to them.',
    },
  ),
  busUntil: Type.Union([Time('When the last copy leaves the bus.'), Type.Null()], {
    description: 'Null where a topic keeps it for good.',
  }),
})

/** Erasures concern every brand, so a token with a brand scope may not ask for one. */
export const erasureRoutes = (app: RestApp, erasures: ErasurePort, audit: AuditPort): void => {
  app.post(
    '/erasures',
    {
      config: { access: 'admin', idempotent: true },
      schema: {
        operationId: 'erase',
        summary: 'Erase posts, or everything by an author',
        description:
          'Takes them out of what is counted, of evidence, stored posts and pending deliveries, of every brand. ' +
          'Counts stay. Says what is purged, what is due when, and which messages have left the system. Needs an admin token without a brand scope.',
        tags: ['erasures'],
        security,
        body: ErasureBody,
        response: answers({ 202: ErasureAnswer }),
      },
    },
    async (request, reply) => {
      adminOfAll(request)
      const target = targetOf(request.body)
      // What is sent to the bus has no transaction of the database: that it was begun is kept before.
      const { actor, entry } = actOf(request)
      await audit.append(entry)
      const outcome = await erasures.erase({ target, actor })
      if (outcome.kind === 'unknown-source')
        throw refused('author.source', 'Name a configured source, or the connector.')
      const { id, mentions, purged } = outcome
      actOf(request, { subject: id })
      return reply.code(202).send({
        id,
        mentions,
        purged,
        due: outcome.due.map(({ what, at }) => ({ what, at: timeOrNever(at) })),
        sent: outcome.sent.map(({ sentAtMs, ...message }) =>
          Object.assign(message, { sentAt: sentAtMs === null ? null : isoTime(sentAtMs) }),
        ),
        busUntil: timeOrNever(Math.max(...outcome.due.map(({ at }) => at))),
      })
    },
  )
}

const timeOrNever = (atMs: number): string | null => (Number.isFinite(atMs) ? isoTime(atMs) : null)

const targetOf = ({ mentionIds, author }: Static<typeof ErasureBody>): ErasureTarget => {
  if (mentionIds !== undefined && author === undefined) return { mentionIds }
  if (author === undefined || mentionIds !== undefined) throw refused('body', 'Send either mentionIds or author.')
  const { id, connector, source } = author
  if (connector !== undefined && source === undefined) return { author: { id, connector } }
  if (source !== undefined && connector === undefined) return { author: { id, source } }
  throw refused('author', 'Say whose id it is: either connector or source.')
}

const refused = (path: string, fix: string): Refusal => bodyFaults([{ path, message: fix, fix }])
