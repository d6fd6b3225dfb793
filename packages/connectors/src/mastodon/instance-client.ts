import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { Reject, SourceContext } from '../connector.ts'
import { createHttpClient, type HttpAnswer } from '../http/http-client.ts'
import { PlatformError, PlatformRefusal } from '../http/platform-error.ts'
import { jsonPayload } from '../json-payload.ts'
import type { MastodonInstance } from './mastodon-config.ts'
import { isStatus, type Status } from './status-to-sighting.ts'

/** An instance allows 300 requests in 5 minutes, to all who share our address. */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 8_388_608, tries: 3, requestsPerMinute: 50 }
/** Most that a page holds; an instance may give fewer. */
export const PAGE = 40

/** A page of a timeline, in the order the instance gave it. */
export type Page = { statuses: Status[]; rejects: Reject[]; items: number }

/** What an instance says of itself, as far as it matters here. */
export type InstanceFacts = { streamingUrl: URL; hidesOtherServers: boolean }

const isInstance = createGuard(
  Type.Object({
    configuration: Type.Optional(Type.Object({ urls: Type.Optional(Type.Object({ streaming: Type.String() })) })),
    urls: Type.Optional(Type.Object({ streaming_api: Type.Optional(Type.String()) })),
  }),
)
const hidesOthers = createGuard(
  Type.Object({
    configuration: Type.Object({
      timelines_access: Type.Object({ hashtag_feeds: Type.Object({ remote: Type.Literal('disabled') }) }),
    }),
  }),
)

export type InstanceClient = ReturnType<typeof createInstanceClient>

/** The REST API of one instance (docs.joinmastodon.org/methods), with its limits and refusals. */
export const createInstanceClient = ({ url, token }: MastodonInstance, { clock, random }: SourceContext) => {
  const base = new URL(url)
  const http = createHttpClient({ clock, random, limits: LIMITS })
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }

  const get = async (path: string, query: Record<string, string>, signal: AbortSignal): Promise<HttpAnswer> => {
    const address = new URL(path, base)
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
    try {
      return await http.get(address.href, signal, headers)
    } catch (error) {
      const refusal = error instanceof PlatformError ? refusalOf(error.status) : null
      throw refusal === null || !(error instanceof PlatformError) ? error : new PlatformRefusal(error.status, refusal)
    }
  }

  const refusalOf = (status: number): string | null => {
    switch (status) {
      case 401:
      case 403:
      case 422:
        return token === undefined
          ? `${base.host} shows hashtags to nobody without a token`
          : `${base.host} does not accept the token for reading statuses`
      case 410:
        return `${base.host} is gone for good`
      default:
        return null
    }
  }

  return {
    host: base.host,

    /** Posts under a hashtag: the newest, or those that come next after `minId`. */
    tagTimeline: async (tag: string, minId: string | null, signal: AbortSignal): Promise<Page> => {
      const query = { limit: String(PAGE), ...(minId === null ? {} : { min_id: minId }) }
      const path = `/api/v1/timelines/tag/${encodeURIComponent(tag)}`
      // An instance answers 404 for a hashtag that nobody has used there.
      const answer = await get(path, query, signal).catch(missing)
      return answer === null ? { statuses: [], rejects: [], items: 0 } : pageOf(answer.body)
    },

    /** A post as it is now, null where it was deleted or hidden. */
    status: async (id: string, signal: AbortSignal): Promise<Status | null> => {
      const answer = await get(`/api/v1/statuses/${encodeURIComponent(id)}`, {}, signal).catch(gone)
      if (answer === null) return null
      const [first] = jsonPayload(answer.body).values
      if (!isStatus(first?.value)) throw new Error('the instance answered with something else than a status')
      return first.value
    },

    facts: async (signal: AbortSignal): Promise<InstanceFacts> => {
      const answer =
        (await get('/api/v2/instance', {}, signal).catch(missing)) ??
        (await get('/api/v1/instance', {}, signal).catch(missing))
      const value = answer === null ? undefined : jsonPayload(answer.body).values[0]?.value
      const named = isInstance(value) ? (value.configuration?.urls?.streaming ?? value.urls?.streaming_api) : undefined
      return { streamingUrl: streamingUrl(base, named), hidesOtherServers: hidesOthers(value) }
    },
  }
}

const missing = (error: unknown): null => {
  if (error instanceof PlatformError && error.status === 404) return null
  throw error
}

const gone = (error: unknown): null => {
  if (error instanceof PlatformError && (error.status === 404 || error.status === 410)) return null
  throw error
}

const pageOf = (body: Buffer): Page => {
  const { values, rejects } = jsonPayload(body)
  const isList = body.toString('latin1', 0, 64).trimStart().startsWith('[')
  if (!isList || rejects.length > 0) throw new Error('the instance answered with something else than statuses')
  const page: Page = { statuses: [], rejects: [], items: values.length }
  for (const { value, bytes } of values) {
    if (isStatus(value)) page.statuses.push(value)
    else page.rejects.push({ reason: 'unknown_shape', detail: 'is no status', bytes })
  }
  return page
}

/** Where the stream is: the address the instance names, by a websocket that is as safe as the instance's own. */
const streamingUrl = (base: URL, named: string | undefined): URL => {
  const url = new URL(named !== undefined && URL.canParse(named) ? named : base)
  const safe = base.protocol === 'https:' || url.protocol === 'wss:' || url.protocol === 'https:'
  url.protocol = safe ? 'wss:' : 'ws:'
  return new URL('/api/v1/streaming', url)
}
