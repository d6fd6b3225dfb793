import { createGuard, SECOND_MS } from '@outcry/contracts'
import { Type } from 'typebox'
import type { SourceContext } from '../connector.ts'
import { fieldsOf, idOf, textOf } from '../fields.ts'
import { createHttpClient } from '../http/http-client.ts'
import { readJson } from '../http/read-json.ts'
import { siteOf, type ZendeskConfig } from './zendesk-config.ts'

/** Ten requests a minute to incremental exports: five at once and five a minute never are more. */
const EXPORT_LIMITS = { timeoutMs: 60 * SECOND_MS, maxBodyBytes: 67_108_864, tries: 4, requestsPerMinute: 5 }
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBodyBytes: 16_777_216, tries: 4, requestsPerMinute: 100 }
const USERS_AT_ONCE = 100

const isTicketPage = createGuard(
  Type.Object({
    tickets: Type.Array(Type.Unknown()),
    after_cursor: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    end_of_stream: Type.Boolean(),
  }),
)
const isEventPage = createGuard(
  Type.Object({
    ticket_events: Type.Array(Type.Unknown()),
    end_time: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])),
    end_of_stream: Type.Boolean(),
  }),
)
const isUserList = createGuard(Type.Object({ users: Type.Array(Type.Unknown()) }))

/** `cursor`: where the next page begins, null where there is none yet. */
export type TicketPage = { tickets: readonly unknown[]; cursor: string | null; isEnd: boolean }
/** `untilS`: time of the newest event, epoch seconds. */
export type EventPage = { events: readonly unknown[]; untilS: number | null; isEnd: boolean }
export type ZendeskClient = ReturnType<typeof createZendeskClient>

/** The incremental exports of an account, and who of its users is staff. */
export const createZendeskClient = (config: ZendeskConfig, { clock, random }: SourceContext) => {
  const site = siteOf(config)
  const authorization =
    config.accessToken === undefined
      ? `Basic ${Buffer.from(`${config.email}/token:${config.apiToken}`).toString('base64')}`
      : `Bearer ${config.accessToken}`
  const exports = createHttpClient({ clock, random, limits: EXPORT_LIMITS })
  const users = createHttpClient({ clock, random, limits: LIMITS })
  const addressOf = (path: string, query: Readonly<Record<string, string>>): string =>
    `${site}/api/v2/${path}?${new URLSearchParams(query).toString()}`

  return {
    /** Tickets changed since a cursor, or since an epoch second where there is none. */
    tickets: async (since: { cursor: string } | { startS: number }, signal: AbortSignal): Promise<TicketPage> => {
      const query: Record<string, string> =
        'cursor' in since ? { cursor: since.cursor } : { start_time: String(since.startS) }
      const url = addressOf('incremental/tickets/cursor.json', query)
      const { body } = await exports.get(url, signal, { authorization })
      const page = readJson(body, isTicketPage, 'an export of tickets')
      return { tickets: page.tickets, cursor: page.after_cursor ?? null, isEnd: page.end_of_stream }
    },
    /** What happened in tickets since an epoch second, with the comments. */
    events: async (startS: number, signal: AbortSignal): Promise<EventPage> => {
      const query = { start_time: String(startS), include: 'comment_events' }
      const { body } = await exports.get(addressOf('incremental/ticket_events.json', query), signal, { authorization })
      const page = readJson(body, isEventPage, 'an export of ticket events')
      return { events: page.ticket_events, untilS: page.end_time ?? null, isEnd: page.end_of_stream }
    },
    /** Those of the users who are agents or admins. */
    staffAmong: async (ids: readonly string[], signal: AbortSignal): Promise<string[]> => {
      const staff: string[] = []
      for (let at = 0; at < ids.length; at += USERS_AT_ONCE) {
        const url = addressOf('users/show_many.json', { ids: ids.slice(at, at + USERS_AT_ONCE).join(',') })
        const { body } = await users.get(url, signal, { authorization })
        for (const value of readJson(body, isUserList, 'a list of users').users) {
          const id = idOf(fieldsOf(value)?.['id'])
          if (id !== undefined && textOf(fieldsOf(value)?.['role']) !== 'end-user') staff.push(id)
        }
      }
      return staff
    },
  }
}
