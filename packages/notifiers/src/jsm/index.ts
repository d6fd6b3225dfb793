import { Secret } from '@outcry/contracts'
import { type Static, Type } from 'typebox'
import { defineFormat, type RenderContext } from '../format.ts'
import type { PagingNotice } from '../notice.ts'
import { cutText } from '../render/cut-text.ts'
import { noticeFacts } from '../render/notice-facts.ts'
import { plainLines } from '../render/notice-lines.ts'
import { noticeSummary } from '../render/notice-text.ts'
import { hasPagingWord, wakes } from '../render/paging-word.ts'
import { below, postJson } from '../render/post-json.ts'
import { BaseUrl, pagingFields } from '../target-fields.ts'

const MAX_MESSAGE_CHARS = 130
const MAX_DESCRIPTION_CHARS = 15_000
const MAX_NOTE_CHARS = 1_000
const MAX_TAG_CHARS = 50

const JsmTarget = Type.Object(
  {
    format: Type.Literal('jsm'),
    ...pagingFields,
    url: BaseUrl(
      'https://api.atlassian.com/jsm/ops/integration',
      'Address before /v2/alerts; https://api.opsgenie.com for Opsgenie, until it ends on 2027-04-05.',
    ),
    apiKey: Secret('API key of an API integration.'),
    team: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Name of the team to respond.' })),
  },
  { additionalProperties: false },
)
type JsmTarget = Static<typeof JsmTarget>

const PRIORITIES = { incident: 'P3', major: 'P2', crisis: 'P1' } as const

/** Alerts of Jira Service Management and Opsgenie: https://docs.opsgenie.com/docs/alert-api */
export const jsm = defineFormat({
  name: 'jsm',
  configSchema: JsmTarget,
  render: (notice, target, context) => {
    if (!hasPagingWord(notice)) return null
    const alias = encodeURIComponent(notice.dedupKey)
    const headers = { authorization: `GenieKey ${target.apiKey}` }
    const ask = (method: 'POST' | 'PUT', path: string, body: object) => ({
      ...postJson(below(target.url, `/v2/alerts${path}`), JSON.stringify(body), headers),
      method,
    })
    const said = { source: 'Outcry', note: noticeSummary(notice, MAX_NOTE_CHARS) }
    const words = { resolve: 'close', acknowledge: 'acknowledge' }
    if (notice.action !== 'trigger') return ask('POST', `/${alias}/${words[notice.action]}?identifierType=alias`, said)
    const create = ask('POST', '', alertOf(notice, target, context))
    if (notice.about === 'source' || notice.alert.kind !== 'escalated') return create
    // A second alert of an alias only counts the first one up, so its priority is raised apart.
    const priority = { priority: priorityOf(notice, target) }
    return {
      needs: 'all' as const,
      requests: [create, ask('PUT', `/${alias}/priority?identifierType=alias`, priority)],
    }
  },
})

const priorityOf = (notice: PagingNotice, target: JsmTarget): string => {
  if (!wakes(notice, target)) return 'P5'
  return notice.about === 'issue' ? PRIORITIES[notice.alert.severity] : 'P2'
}

const alertOf = (notice: PagingNotice, target: JsmTarget, context: RenderContext): object => {
  const facts = noticeFacts(notice)
  const lines = plainLines(notice, context)
  const description = [notice.url, ...lines.facts, '', ...lines.posts].join('\n')
  const entity = notice.about === 'issue' ? notice.alert.brand : notice.alarm.source
  return {
    message: noticeSummary(notice, MAX_MESSAGE_CHARS),
    alias: notice.dedupKey,
    description: cutText(description, MAX_DESCRIPTION_CHARS),
    priority: priorityOf(notice, target),
    source: 'Outcry',
    entity: cutText(entity, 512),
    tags: ['outcry', ...(notice.about === 'issue' && notice.alert.issueType ? [notice.alert.issueType] : [])].map(
      (tag) => cutText(tag, MAX_TAG_CHARS),
    ),
    details: { ...Object.fromEntries(facts.map(({ name, value }) => [name, value])), url: notice.url },
    ...(target.team === undefined ? {} : { responders: [{ type: 'team', name: target.team }] }),
  }
}
