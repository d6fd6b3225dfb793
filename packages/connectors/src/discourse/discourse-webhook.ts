import type { ParseContext, ParseResult, Webhook } from '../connector.ts'
import { countOf, fieldsOf } from '../fields.ts'
import { jsonPayload } from '../json-payload.ts'
import { makeSighting } from '../make-sighting.ts'
import { readItems } from '../parse-items.ts'
import { hmacMatches } from '../webhook/hmac-matches.ts'
import type { DiscourseConfig } from './discourse-config.ts'
import { type Forum, forumOf, topicMentionId } from './forum.ts'
import { itemsOfPayload } from './items-of-payload.ts'
import { itemReader } from './post-to-sighting.ts'
import { recovered } from './recovered.ts'

const SHA256 = { algorithm: 'sha256', encoding: 'hex' } as const

/** Events of posts and topics, as a forum sends them (app/jobs/regular/emit_web_hook_event.rb in Discourse). */
export const discourseWebhook: Webhook<DiscourseConfig> = {
  verify: ({ webhookSecret }, { headers, body }) => {
    if (webhookSecret === undefined) return 'off'
    const matches = hmacMatches(SHA256, [webhookSecret], body, headers['x-discourse-event-signature'])
    return matches ? 'valid' : 'mismatch'
  },
  read: (config, { headers, body }, context) => {
    const { values, rejects } = jsonPayload(body)
    const forum = forumOf(config)
    const sent = values.map(({ value }) => value)
    const read = readEvent(headers, sent, forum, context)
    return { sightings: read.sightings, rejects: [...rejects, ...read.rejects] }
  },
}

const readEvent = (
  headers: Readonly<Record<string, string | undefined>>,
  sent: readonly unknown[],
  forum: Forum,
  context: ParseContext,
): ParseResult => {
  const event = headers['x-discourse-event'] ?? ''
  if (headers['x-discourse-event-type'] === 'topic') return topicEvent(event, sent, forum, context)
  if (headers['x-discourse-event-type'] !== 'post') return { sightings: [], rejects: [] }
  const isDestroyed = event === 'post_destroyed'
  const posts = sent
    .flatMap(itemsOfPayload)
    .map((post) => (isDestroyed ? { ...fieldsOf(post), user_deleted: true } : post))
  const read = readItems(posts, { read: itemReader(forum), what: 'post of Discourse' }, context)
  return { ...read, sightings: event === 'post_recovered' ? read.sightings.map(recovered) : read.sightings }
}

/** A new topic is told by its opening post; when it goes, its opening post goes with it. */
const topicEvent = (event: string, sent: readonly unknown[], forum: Forum, context: ParseContext): ParseResult => {
  const ids = sent.map((each) => countOf(fieldsOf(fieldsOf(each)?.['topic'])?.['id'])).filter((id) => id !== undefined)
  const sightings = ids.map((id) =>
    makeSighting({ id: topicMentionId(forum, id), kind: 'post', text: '', isDeleted: true }, context),
  )
  return { sightings: event === 'topic_destroyed' ? sightings : [], rejects: [] }
}
