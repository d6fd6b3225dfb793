import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IngestOptions } from '@outcry/service-ingest'

type Connector = NonNullable<IngestOptions['connectors']>[string]
type Webhook = NonNullable<Connector['webhook']>

export const FORUM_SECRET = 'a secret of the forum'
const HEADER = 'x-discourse-event-signature'

export const forumSignature = (body: string, secret = FORUM_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

const verify: Webhook['verify'] = (config, { headers, body }) => {
  const { secret } = config as { secret?: string }
  if (secret === undefined) return 'off'
  const given = Buffer.from(headers[HEADER] ?? '')
  const wanted = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? 'valid' : 'mismatch'
}

const read: Webhook['read'] = (_config, { body }, { source, observedAt }) => {
  const refused = (detail: string) => ({
    sightings: [],
    rejects: [{ reason: 'unknown_shape' as const, detail, bytes: body }],
  })
  try {
    const { ping, post } = JSON.parse(Buffer.from(body).toString('utf8')) as {
      ping?: string
      post?: { id: number; version: number; raw: string; created_at: string }
    }
    if (ping !== undefined) return { sightings: [], rejects: [] }
    if (post === undefined) return refused('is no post')
    const createdAt = Date.parse(post.created_at)
    const mention = {
      id: `forum:${post.id}`,
      op: 'create' as const,
      rev: String(post.version),
      kind: 'post' as const,
      source,
      text: post.raw,
      createdAt,
      observedAt,
      eventTime: createdAt,
    }
    return { sightings: [{ mention }], rejects: [] }
  } catch {
    return refused('is no JSON')
  }
}

/** A platform that sends its posts signed as Discourse signs them, and asks as Meta asks. */
export const forum: Connector = {
  name: 'forum',
  configSchema: {},
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: 60_000, retentionDays: null, terms: '' },
  create: () => ({ run: async () => undefined }),
  parse: () => ({ sightings: [], rejects: [] }),
  webhook: {
    verify,
    read,
    challenge: (_config, query) =>
      query['hub.mode'] === 'subscribe' && query['hub.verify_token'] === 'token'
        ? (query['hub.challenge'] ?? null)
        : null,
  },
}
