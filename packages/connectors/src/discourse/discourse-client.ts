import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { createHttpClient } from '../http/http-client.ts'
import { PlatformError } from '../http/platform-error.ts'
import { readJson } from '../http/read-json.ts'
import type { DiscourseConfig } from './discourse-config.ts'

/** Forums let through 200 requests a minute from an address, 60 by a key, and others less. */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 50 }
const GONE = new Set([403, 404, 410])

const isPage = createGuard(Type.Object({ latest_posts: Type.Array(Type.Unknown()) }))
const isPost = createGuard(Type.Object({ id: Type.Integer() }))

export type DiscourseClient = ReturnType<typeof createDiscourseClient>

/** The posts of a forum, and one of them (docs.discourse.org). */
export const createDiscourseClient = (config: DiscourseConfig, url: string, { clock, random }: SourceContext) => {
  const http = createHttpClient({ clock, random, limits: LIMITS })
  const headers = {
    ...(config.apiKey === undefined ? {} : { 'api-key': config.apiKey }),
    ...(config.apiUsername === undefined ? {} : { 'api-username': config.apiUsername }),
  }

  return {
    /** The newest posts up to an id, that one included, newest first; of everything where it is null. */
    posts: async (before: number | null, signal: AbortSignal): Promise<readonly unknown[]> => {
      const address = `${url}/posts.json${before === null ? '' : `?before=${before}`}`
      const { body } = await http.get(address, signal, headers)
      return readJson(body, isPage, 'a list of posts').latest_posts
    },
    /** Null where it is gone, or no longer shown. */
    post: async (id: number, signal: AbortSignal): Promise<unknown> => {
      try {
        const { body } = await http.get(`${url}/posts/${id}.json`, signal, headers)
        return readJson(body, isPost, 'a post')
      } catch (error) {
        if (error instanceof PlatformError && error.retryAfterMs === null && GONE.has(error.status)) return null
        throw error
      }
    },
  }
}
