import { createHmac } from 'node:crypto'
import type { Connector, Sighting } from '@outcry/connectors'
import type { SourceConfig } from '@outcry/contracts'

export type BoardPost = {
  id: string
  text: string
  createdAt?: number
  rev?: string
  op?: 'create' | 'update' | 'delete'
}

const signatureOf = (secret: string, body: Uint8Array) => createHmac('sha256', secret).update(body).digest('hex')

const postOf = (body: Uint8Array, source: string, observedAt: number): Sighting[] => {
  const text = Buffer.from(body).toString('utf8')
  if (text === 'break') throw new Error('a fault of the reader')
  const posts = JSON.parse(text) as BoardPost[]
  return posts.map(({ id, op = 'create', rev = '1', text: said, createdAt }) => ({
    mention: {
      id: `board:${id}`,
      op,
      rev,
      kind: 'post',
      source,
      text: op === 'delete' ? '' : said,
      observedAt,
      eventTime: createdAt ?? observedAt,
      ...(createdAt === undefined ? {} : { createdAt }),
    },
  }))
}

/** A platform that sends arrays of posts, signed as Discourse signs. What is no JSON is no post. */
export const board = (fields: Partial<Connector> = {}): Connector => ({
  name: 'board',
  configSchema: {},
  publicationDelayMs: 0,
  clock: 'wall',
  defaults: { blindAfterMs: 60_000, retentionDays: null, terms: '' },
  create: () => ({ run: async () => undefined }),
  parse: () => ({ sightings: [], rejects: [] }),
  webhook: {
    challenge: (_config, query) => query['challenge'] ?? null,
    verify: (config, { headers, body }) => {
      const secret = (config as SourceConfig)['secret'] as string | undefined
      if (secret === undefined) return 'off'
      return headers['x-signature'] === signatureOf(secret, body) ? 'valid' : 'mismatch'
    },
    read: (_config, { body }, { source, observedAt }) => {
      try {
        return { sightings: postOf(body, source, observedAt), rejects: [] }
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        return { sightings: [], rejects: [{ reason: 'not_json', detail: 'is no JSON', bytes: body }] }
      }
    },
  },
  ...fields,
})

/** Posts as the board sends them. */
export const boardRequest = (posts: readonly BoardPost[] | string, secret = 'a secret of the board') => {
  const body = Buffer.from(typeof posts === 'string' ? posts : JSON.stringify(posts))
  return { headers: { 'x-signature': signatureOf(secret, body) }, query: {}, body }
}

export const boardSource = (fields: Partial<SourceConfig> = {}): SourceConfig => ({
  connector: 'board',
  name: 'board',
  secret: 'a secret of the board',
  ...fields,
})
