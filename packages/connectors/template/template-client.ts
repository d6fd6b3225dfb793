import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../src/connector.ts'
import { createHttpClient } from '../src/http/http-client.ts'
import { readJson } from '../src/http/read-json.ts'
import type { TemplateConfig } from './template-config.ts'

/** 60 requests a minute for a token (https://board.example/docs/limits). */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 50 }

const isPage = createGuard(
  Type.Object({
    posts: Type.Array(Type.Unknown()),
    next: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
)

/** `next`: asks for the page after it, null at the end. */
export type PostPage = { posts: readonly unknown[]; next: string | null }

/** The posts of the board, newest first. */
export const createTemplateClient = (config: TemplateConfig, { clock, random }: SourceContext) => {
  const http = createHttpClient({ clock, random, limits: LIMITS })
  return {
    page: async (next: string | null, signal: AbortSignal): Promise<PostPage> => {
      const url = new URL('/api/posts', config.endpoint)
      if (next !== null) url.searchParams.set('after', next)
      const { body } = await http.get(url.href, signal, { authorization: `Bearer ${config.token}` })
      const page = readJson(body, isPage, 'a page of posts')
      return { posts: page.posts, next: page.next ?? null }
    },
  }
}
