import { Words } from '@outcry/contracts'
import { Type } from 'typebox'
import { actOf } from '../acts.ts'
import { callerOf, visible } from '../access.ts'
import type { IssueReader } from '../ports-of-issues.ts'
import type { MutePort } from '../ports-of-mutes.ts'
import { bodyFaults, Refusal } from '../refusal.ts'
import { MAX_MUTE_DAYS, MuteView, muteUntil, muteView } from '../views/mute-view.ts'
import { Moment } from '../views/times.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'
import { unknownIssueType } from './unknown-issue-type.ts'

const MuteBody = Type.Object(
  {
    brand: Type.Optional(Type.String({ minLength: 1, maxLength: 63, description: 'Where no issue is named.' })),
    issueId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Only this issue.' })),
    issueType: Type.Optional(
      Type.String({ minLength: 1, maxLength: 63, description: 'Only issues of the brand of this type.' }),
    ),
    reason: Words(500, 'Why; shown wherever something waits for it.'),
    until: Moment(`When it ends by itself, at most ${MAX_MUTE_DAYS} days from now.`),
  },
  { additionalProperties: false },
)
const tags = ['mutes']

/** Mutes: who wants to hear nothing of what, why, and until when. A crisis is heard all the same. */
export const muteRoutes = (app: RestApp, mutes: MutePort, issues: IssueReader, now: () => number): void => {
  app.get(
    '/mutes',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listMutes',
        summary: 'Mutes that last, those that end first before others',
        tags,
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(MuteView) }) }),
      },
    },
    async (request) => ({ items: (await mutes.list(callerOf(request).brands)).map(muteView) }),
  )

  app.post(
    '/mutes',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'mute',
        summary: 'Hold pages and messages of a brand, an issue type or one issue; never a crisis',
        tags,
        security,
        body: MuteBody,
        response: answers({ 201: MuteView }),
      },
    },
    async (request, reply) => {
      const { issueId, issueType, reason } = request.body
      const until = muteUntil(request.body.until, now())
      const issue = issueId === undefined ? null : visible(request, await issues.find(issueId))
      if (issue?.drill === true) throw new Refusal('COMMAND_REFUSED', 'A drill is not muted; end it.')
      const named = request.body.brand ?? issue?.brand
      if (named === undefined)
        throw bodyFaults([{ path: 'brand', message: 'is missing', fix: 'Name a brand, or an issue with issueId.' }])
      const { brand } = visible(request, mutes.brands().includes(named) ? { brand: named } : null)
      if (issue !== null && issue.brand !== brand)
        throw new Refusal('COMMAND_REFUSED', 'The issue is of another brand; leave the brand out.')
      const types = mutes.issueTypes()
      if (issueType !== undefined && !types.includes(issueType))
        throw bodyFaults([unknownIssueType('issueType', issueType, types)])
      const wish = { brand, issueId: issueId ?? null, issueType: issueType ?? null, reason, until }
      const act = actOf(request, { brand, issueId: issueId ?? null, status: 201 })
      const mute = await mutes.add({ ...wish, owner: act.actor }, act)
      if (mute === null) throw new Refusal('COMMAND_REFUSED', 'The brand has as many mutes as it may; end some.')
      return reply.code(201).send(muteView(mute))
    },
  )

  app.post(
    '/mutes/:id/end',
    {
      config: { access: 'responder', idempotent: true },
      schema: {
        operationId: 'endMute',
        summary: 'End a mute now; what waited for it is sent',
        tags,
        security,
        params: IdParams,
        response: answers({ 200: MuteView }),
      },
    },
    async (request) => {
      const { id, brand, issueId } = visible(request, await mutes.get(request.params.id))
      const ended = await mutes.end(id, actOf(request, { brand, issueId, subject: id, status: 200 }))
      if (ended === null) throw new Refusal('COMMAND_REFUSED', 'The mute is over already.')
      return muteView(ended)
    },
  )
}
