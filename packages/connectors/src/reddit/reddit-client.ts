import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { renewedBearer } from '../http/credentials.ts'
import { createHttpClient } from '../http/http-client.ts'
import { oauthToken } from '../http/oauth-token.ts'
import { readJson } from '../http/read-json.ts'
import type { RedditConfig } from './reddit-config.ts'

/** 100 requests a minute for an application. */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 90 }

const isListing = createGuard(
  Type.Object({
    kind: Type.Literal('Listing'),
    data: Type.Object({
      children: Type.Array(Type.Unknown()),
      after: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    }),
  }),
)

/** `after`: the fullname that asks for the next page, null at the end. */
export type RedditPage = { things: readonly unknown[]; after: string | null }

/** The listings of Reddit's API (reddit.com/dev/api), for an application without a user. */
export const createRedditClient = (config: RedditConfig, { clock, random }: SourceContext) => {
  const agent = { 'user-agent': config.userAgent }
  const tokens = createHttpClient({ clock, random, limits: LIMITS })
  const basic = Buffer.from(`${config.clientId}:${config.clientSecret}`).toString('base64')
  const grant = {
    http: tokens,
    url: config.tokenEndpoint,
    form: { grant_type: 'client_credentials' },
    headers: { ...agent, authorization: `Basic ${basic}` },
  }
  const credentials = renewedBearer({ clock, ask: (signal) => oauthToken(grant, signal) })
  const http = createHttpClient({ clock, random, limits: LIMITS, credentials })

  return {
    listing: async (
      path: string,
      query: Readonly<Record<string, string>>,
      signal: AbortSignal,
    ): Promise<RedditPage> => {
      const url = new URL(path, config.endpoint)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      const { body } = await http.get(url.href, signal, agent)
      const { data } = readJson(body, isListing, 'a listing')
      return { things: data.children, after: data.after ?? null }
    },
  }
}
