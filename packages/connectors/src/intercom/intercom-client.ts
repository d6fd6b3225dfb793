import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, textOf, type Fields } from '../fields.ts'
import { createHttpClient } from '../http/http-client.ts'
import { readJson } from '../http/read-json.ts'
import type { IntercomConfig } from './intercom-config.ts'

const ENDPOINTS = {
  us: 'https://api.intercom.io',
  eu: 'https://api.eu.intercom.io',
  au: 'https://api.au.intercom.io',
} as const
const VERSION = '2.16'
/** 10,000 a minute for an app, shared out over every ten seconds. */
const LIMITS = { timeoutMs: 30 * SECOND_MS, maxBodyBytes: 33_554_432, tries: 4, requestsPerMinute: 900 }
const PER_PAGE = 150
const DELETED_PER_PAGE = 60

const isPage = createGuard(
  Type.Object({ conversations: Type.Array(Type.Unknown()), pages: Type.Optional(Type.Unknown()) }),
)
const isConversation = createGuard(Type.Object({ id: Type.Union([Type.String(), Type.Integer()]) }))

/** `next`: asks for the page after it, null at the end. */
export type ConversationPage = { conversations: readonly unknown[]; next: string | null }
export type IntercomClient = ReturnType<typeof createIntercomClient>

/** Conversations of a workspace. */
export const createIntercomClient = (config: IntercomConfig, { clock, random }: SourceContext) => {
  const site = config.endpoint?.replace(/\/+$/, '') ?? ENDPOINTS[config.region]
  const http = createHttpClient({ clock, random, limits: LIMITS })
  const headers = { authorization: `Bearer ${config.accessToken}`, 'intercom-version': VERSION }

  return {
    /** Those that changed since an epoch second, as they changed; without what was said later in them. */
    changedSince: async (sinceS: number, next: string | null, signal: AbortSignal): Promise<ConversationPage> => {
      const question = {
        query: { operator: 'AND', value: [{ field: 'updated_at', operator: '>', value: sinceS }] },
        sort: { field: 'updated_at', order: 'ascending' },
        pagination: { per_page: PER_PAGE, ...(next === null ? {} : { starting_after: next }) },
      }
      const request = {
        method: 'POST' as const,
        url: `${site}/conversations/search`,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(question),
      }
      const { body } = await http.send(request, signal)
      const page = readJson(body, isPage, 'a page of conversations')
      const after = fieldsOf(fieldsOf(page.pages)?.['next'])?.['starting_after']
      return { conversations: page.conversations, next: textOf(after) ?? null }
    },
    /** One with its newest 500 parts. */
    conversation: async (id: string, signal: AbortSignal): Promise<Fields> => {
      const { body } = await http.get(`${site}/conversations/${encodeURIComponent(id)}`, signal, headers)
      return readJson(body, isConversation, 'a conversation')
    },
    /** Those that were deleted, the last first; pages count from 1. */
    deleted: async (page: number, signal: AbortSignal): Promise<{ deleted: readonly unknown[]; isLast: boolean }> => {
      const query = `per_page=${DELETED_PER_PAGE}&order=desc&page=${page}`
      const { body } = await http.get(`${site}/conversations/deleted?${query}`, signal, headers)
      const deleted = readJson(body, isPage, 'a page of deleted conversations').conversations
      return { deleted, isLast: deleted.length < DELETED_PER_PAGE }
    },
  }
}
