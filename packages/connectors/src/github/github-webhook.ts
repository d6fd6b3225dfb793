import type { Webhook } from '../connector.ts'
import { fieldsOf, textOf } from '../fields.ts'
import { jsonPayload } from '../json-payload.ts'
import { readItems } from '../parse-items.ts'
import { hmacMatches } from '../webhook/hmac-matches.ts'
import type { GithubConfig } from './github-config.ts'
import { readItem } from './items-of-payload.ts'

const SHA256 = { algorithm: 'sha256', encoding: 'hex' } as const
const EVENTS = new Set(['issues', 'issue_comment', 'discussion', 'discussion_comment'])
/** What changes texts; others (labeled, closed) would bring up old issues as news. */
const ACTIONS = new Set(['opened', 'created', 'edited', 'deleted', 'transferred'])

/** Issues, discussions and their comments, as GitHub sends them (docs.github.com/webhooks). */
export const githubWebhook: Webhook<GithubConfig> = {
  verify: ({ webhookSecret }, { headers, body }) => {
    if (webhookSecret === undefined) return 'off'
    return hmacMatches(SHA256, [webhookSecret], body, headers['x-hub-signature-256']) ? 'valid' : 'mismatch'
  },
  read: (_config, { headers, body }, context) => {
    if (!EVENTS.has(headers['x-github-event'] ?? '')) return { sightings: [], rejects: [] }
    const { values, rejects } = jsonPayload(payloadOf(headers['content-type'], body))
    const sent = values.map(({ value }) => value).filter((value) => isOfInterest(fieldsOf(value)?.['action']))
    const read = readItems(sent, { read: readItem, what: 'issue, discussion or comment' }, context)
    return { sightings: read.sightings, rejects: [...rejects, ...read.rejects] }
  },
}

const isOfInterest = (action: unknown): boolean => ACTIONS.has(textOf(action) ?? 'opened')

/** A webhook may be set up to send its JSON as the field of a form. */
const payloadOf = (contentType: string | undefined, body: Uint8Array): Uint8Array => {
  if (contentType?.startsWith('application/x-www-form-urlencoded') !== true) return body
  return Buffer.from(new URLSearchParams(Buffer.from(body).toString('utf8')).get('payload') ?? '')
}
