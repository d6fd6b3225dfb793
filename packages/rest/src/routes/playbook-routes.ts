import { Playbook } from '@outcry/contracts'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { adminOfAll, visible } from '../access.ts'
import type { RestPorts } from '../ports.ts'
import type { PlaybookRow } from '../ports-of-playbooks.ts'
import { bodyFaults, Refusal } from '../refusal.ts'
import {
  IssuePlaybookView,
  issuePlaybookView,
  PlaybookVersionView,
  playbookVersionView,
  PlaybookView,
  playbookView,
} from '../views/playbook-view.ts'
import { SeenVersion } from '../views/seen-version.ts'
import { Nullable } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

const TypeParams = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 63, description: 'Id of an issue type, or "*" for every other.' }),
})
const Seen = SeenVersion(0, 'The version that was seen; 0 where there was none.')
const WriteBody = Type.Object(
  { version: Seen, playbook: Type.Omit(Playbook, ['issueType'], { additionalProperties: false }) },
  { additionalProperties: false },
)
const VersionQuery = Type.Object({ version: Seen }, { additionalProperties: false })
const VersionsQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Most items of a page.' }),
    cursor: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'nextCursor of the page before.' })),
  },
  { additionalProperties: false },
)
const tags = ['playbooks']

/** What the company decided beforehand for each issue type: who decides, what may be offered, what may be said. */
export const playbookRoutes = (app: RestApp, { playbooks, issues }: Pick<RestPorts, 'playbooks' | 'issues'>): void => {
  const known = async (type: string): Promise<PlaybookRow> => {
    const row = await playbooks.get(type)
    if (row === null) throw new Refusal('NOT_FOUND', 'No issue type has this id; GET /api/v1/issue-types has them.')
    return row
  }
  const overtaken = (seen: number) =>
    new Refusal('COMMAND_REFUSED', `Version ${seen} is not the newest; read that and write again.`)
  const write = async (request: FastifyRequest, issueType: string, seen: number, body: Playbook | null) => {
    const act = actOf(request, { subject: issueType, status: 200 })
    const row = await playbooks.write({ issueType, seen, body }, act)
    if (row === null) throw overtaken(seen)
    return playbookView(row)
  }

  app.get(
    '/playbooks',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listPlaybooks',
        summary: 'The playbook of each issue type, those without one among them',
        tags,
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(PlaybookView) }) }),
      },
    },
    async () => ({ items: (await playbooks.list()).map(playbookView) }),
  )

  app.get(
    '/playbooks/:type',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getPlaybook',
        summary: 'The playbook of an issue type',
        tags,
        security,
        params: TypeParams,
        response: answers({ 200: PlaybookView }),
      },
    },
    async (request) => playbookView(await known(request.params.type)),
  )

  app.get(
    '/playbooks/:type/versions',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listPlaybookVersions',
        summary: 'What was written of it, by whom and when; the newest first',
        tags,
        security,
        params: TypeParams,
        querystring: VersionsQuery,
        response: answers({
          200: Type.Object({
            items: Type.Array(PlaybookVersionView),
            nextCursor: Nullable(Type.String({ description: 'Null at the end.' })),
          }),
        }),
      },
    },
    async (request) => {
      const { issueType } = await known(request.params.type)
      const { limit, cursor } = request.query
      const versions = await playbooks.versions(issueType, cursor === undefined ? null : Number(cursor), limit + 1)
      const items = versions.slice(0, limit)
      const last = versions.length > limit ? items.at(-1) : undefined
      return { items: items.map(playbookVersionView), nextCursor: last === undefined ? null : String(last.version) }
    },
  )

  app.put(
    '/playbooks/:type',
    {
      config: { access: 'admin', idempotent: true },
      schema: {
        operationId: 'writePlaybook',
        summary: 'Write the next version; it counts from now on, in place of the configuration',
        description:
          'Needs an admin of every brand. Refused where somebody wrote a version since the one that was seen.',
        tags,
        security,
        params: TypeParams,
        body: WriteBody,
        response: answers({ 200: PlaybookView }),
      },
    },
    async (request) => {
      adminOfAll(request)
      const { issueType } = await known(request.params.type)
      const body: Playbook = { ...request.body.playbook, issueType }
      const faults = playbooks.faults(body)
      if (faults.length > 0) throw bodyFaults(faults)
      return write(request, issueType, request.body.version, body)
    },
  )

  app.delete(
    '/playbooks/:type',
    {
      config: { access: 'admin', idempotent: true },
      schema: {
        operationId: 'resetPlaybook',
        summary: 'Back to the configuration, if it is not; what was written stays among the versions',
        tags,
        security,
        params: TypeParams,
        querystring: VersionQuery,
        response: answers({ 200: PlaybookView }),
      },
    },
    async (request) => {
      adminOfAll(request)
      const row = await known(request.params.type)
      const { version } = request.query
      if (row.origin === 'database') return write(request, row.issueType, version, null)
      if (row.version !== version) throw overtaken(version)
      return playbookView(row)
    },
  )

  app.get(
    '/issues/:id/playbook',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getIssuePlaybook',
        summary: 'The playbook that counts for an issue, with its queue named',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: IssuePlaybookView }),
      },
    },
    async (request) => {
      const issue = visible(request, await issues.find(request.params.id))
      return issuePlaybookView(await playbooks.ofIssue(issue))
    },
  )
}
